import type { Connection } from '../api/live.ts';
import { Wordmark } from '../parts/wordmark.tsx';

const WORDS: Record<Connection, string> = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' };

export function TopBar(props: {
  readonly connection: Connection;
  readonly version: string;
  readonly onSignOut: () => void;
}) {
  return (
    <header class="top-bar">
      <Wordmark />
      <nav class="top-nav" aria-label="Sections">
        <a href="#nodes">Nodes</a>
        <a href="#detections">Detections</a>
        <a href="#tail">Log</a>
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
