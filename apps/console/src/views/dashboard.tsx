import type { ApiSummary } from '@suite/api/contract';
import { useMemo } from 'preact/hooks';
import { createIncidentFeed, Feed } from '../state/incident-feed.ts';
import { SignedOut } from '../state/session-context.ts';
import { Board } from './board.tsx';

/** All that is behind the login. */
export function Dashboard(props: {
  readonly first: ApiSummary;
  readonly onSignedOut: () => void;
  readonly onSignOut: () => void;
}) {
  const feed = useMemo(createIncidentFeed, []);
  return (
    <SignedOut.Provider value={props.onSignedOut}>
      <Feed.Provider value={feed}>
        <Board first={props.first} onSignOut={props.onSignOut} />
      </Feed.Provider>
    </SignedOut.Provider>
  );
}
