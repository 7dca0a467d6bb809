import type { ApiSummary } from '@suite/api/contract';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { closeSession, Failure, get, openSession } from './api/client.ts';
import { takeLoginToken } from './api/login-link.ts';
import { Dashboard } from './views/dashboard.tsx';
import { Login } from './views/login.tsx';
import { Starting } from './views/starting.tsx';

type State =
  | { readonly at: 'starting' }
  | { readonly at: 'signed-out'; readonly reason: string | null }
  | { readonly at: 'unreachable'; readonly reason: string }
  | { readonly at: 'ready'; readonly summary: ApiSummary };

export function App() {
  const [state, setState] = useState<State>({ at: 'starting' });

  const load = useCallback(async () => {
    try {
      setState({ at: 'ready', summary: await get<ApiSummary>('/api/v1/summary') });
    } catch (error) {
      if (error instanceof Failure && error.status === 401) setState({ at: 'signed-out', reason: null });
      else setState({ at: 'unreachable', reason: Failure.words(error) });
    }
  }, []);

  const signIn = useCallback(
    async (token: string) => {
      try {
        await openSession(token);
      } catch (error) {
        setState({ at: 'signed-out', reason: Failure.words(error) });
        return;
      }
      await load();
    },
    [load],
  );

  useEffect(() => {
    const token = takeLoginToken(window);
    if (token === null) void load();
    else void signIn(token);
    // A link opened in a tab that shows the console already changes the fragment alone.
    const linked = (): void => {
      const next = takeLoginToken(window);
      if (next !== null) void signIn(next);
    };
    window.addEventListener('hashchange', linked);
    return () => window.removeEventListener('hashchange', linked);
  }, [load, signIn]);

  switch (state.at) {
    case 'starting':
      return <Starting />;
    case 'unreachable':
      return <Starting problem={state.reason} onRetry={load} />;
    case 'signed-out':
      return <Login reason={state.reason} onToken={signIn} />;
    case 'ready':
      return (
        <Dashboard
          first={state.summary}
          onSignedOut={() => setState({ at: 'signed-out', reason: 'Your session has ended.' })}
          onSignOut={() => {
            void closeSession().finally(() => setState({ at: 'signed-out', reason: null }));
          }}
        />
      );
  }
}
