import { useState } from 'preact/hooks';
import { Wordmark } from '../parts/wordmark.tsx';

export function Login(props: {
  readonly reason: string | null;
  readonly onToken: (token: string) => Promise<void>;
}) {
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    await props.onToken(token.trim());
    setBusy(false);
  };
  return (
    <main class="gate">
      <form class="gate-card" onSubmit={submit}>
        <Wordmark />
        <h1>Sign in</h1>
        <p class="quiet">
          NADIR prints a link when it starts; open it and you are in. Or paste the token from its token file
          here.
        </p>
        {props.reason !== null && (
          <p class="notice notice-problem" role="alert">
            {props.reason}
          </p>
        )}
        <label class="field">
          <span>Token</span>
          <input
            type="password"
            name="token"
            autocomplete="current-password"
            required
            maxLength={512}
            value={token}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button-primary" disabled={busy || token.trim() === ''}>
          {busy ? 'Signing in …' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}
