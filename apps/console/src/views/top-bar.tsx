import type { Connection } from '../api/live.ts';
import { Wordmark } from '../parts/wordmark.tsx';
import { hrefOf, type Route } from '../state/route.ts';

const WORDS: Record<Connection, string> = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' };
const VIEWS: readonly (readonly [Exclude<Route['view'], 'incident'>, string])[] = [
  ['overview', 'Overview'],
  ['incidents', 'Incidents'],
  ['alerts', 'Alerts'],
  ['log', 'Log'],
];

export function TopBar(props: {
  readonly connection: Connection;
  readonly version: string;
  readonly route: Route;
  /** Serious incidents that nobody looks after. */
  readonly pressing: number;
  readonly onSignOut: () => void;
}) {
  const here = props.route.view === 'incident' ? 'incidents' : props.route.view;
  return (
    <header class="top-bar">
      <Wordmark />
      <nav class="top-nav" aria-label="Views">
        {VIEWS.map(([view, label]) => (
          <a key={view} href={hrefOf({ view })} aria-current={view === here ? 'page' : undefined}>
            {label}
            {view === 'incidents' && props.pressing > 0 && (
              <span class="count" title="Serious, and nobody looks after them">
                {props.pressing}
              </span>
            )}
          </a>
        ))}
      </nav>
      <span class={`connection connection-${props.connection}`} role="status">
        {WORDS[props.connection]}
      </span>
      <button type="button" class="button-quiet" title={`NADIR ${props.version}`} onClick={props.onSignOut}>
        Sign out
      </button>
    </header>
  );
}
