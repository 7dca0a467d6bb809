import type { ApiDetection, ApiNode, ApiSummary } from '@suite/api/contract';
import { useContext, useState } from 'preact/hooks';
import { mergeDetections } from '../state/detection-list.ts';
import { Feed } from '../state/incident-feed.ts';
import type { IncidentFilter } from '../state/incident-list.ts';
import { usePolled } from '../state/use-polled.ts';
import { usePressing } from '../state/use-pressing.ts';
import { useRoute } from '../state/use-route.ts';
import { useServerNow } from '../state/use-server-now.ts';
import { useTail } from '../state/use-tail.ts';
import { useViewChange } from '../state/use-view-change.ts';
import { searchPhrase } from '../text/search-phrase.ts';
import { Alerts } from './alerts.tsx';
import { Bans } from './bans.tsx';
import { Incident } from './incident.tsx';
import { Incidents } from './incidents.tsx';
import { Mutes } from './mutes.tsx';
import { Overview } from './overview.tsx';
import { Tail } from './tail.tsx';
import { TopBar } from './top-bar.tsx';

const NODES_MS = 15_000;
const SUMMARY_MS = 60_000;

/** One live stream and what all views share; the address says which view is shown. The log stands beside most. */
export function Board({ first, onSignOut }: { readonly first: ApiSummary; readonly onSignOut: () => void }) {
  const nowUs = useServerNow(first.nowUs);
  const route = useRoute();
  const feed = useContext(Feed);
  const [text, setText] = useState('');
  const [host, setHost] = useState('');
  const [paused, setPaused] = useState(false);
  const [filter, setFilter] = useState<IncidentFilter>({ floor: 'all', host: '', state: 'all' });
  const [arrived, setArrived] = useState<readonly ApiDetection[]>([]);

  const summary = usePolled<ApiSummary>('/api/v1/summary', {}, SUMMARY_MS, first);
  const nodes = usePolled<{ items: ApiNode[] }>('/api/v1/nodes', {}, NODES_MS, { items: first.nodes });
  const tail = useTail({ text, host }, paused, first.records, {
    detection: (detection) => setArrived((before) => mergeDetections(before, [detection]).slice(0, 200)),
    incidents: feed.incidents,
    again: feed.again,
  });
  const { incidents, pressing } = usePressing(nowUs);
  useViewChange(route);

  const hosts = nodes.data.items.map((node) => node.host);
  const show = (wanted: { readonly text: string; readonly host: string }): void => {
    setText(wanted.text);
    setHost(wanted.host);
    setPaused(false);
    const log = document.getElementById('tail');
    const top = log?.getBoundingClientRect().top ?? 0;
    // Where the log stands beside the story, the reader stays in the story.
    if (top < 0 || top > window.innerHeight / 2) log?.scrollIntoView({ block: 'start' });
    log?.focus({ preventScroll: true });
  };
  const searchFor = (value: string): void => show({ text: searchPhrase(value), host: '' });

  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <TopBar
        connection={tail.connection}
        version={first.version}
        route={route}
        pressing={pressing}
        onSignOut={onSignOut}
      />
      <main id="main" tabIndex={-1} class={`board board-${route.view}`}>
        {route.view === 'overview' && (
          <Overview
            first={first}
            summary={summary.data}
            nodes={nodes}
            incidents={incidents}
            pressing={pressing}
            detections={mergeDetections(summary.data.detections, arrived)}
            nowUs={nowUs}
            onSearch={searchFor}
          />
        )}
        {route.view === 'incidents' && (
          <Incidents filter={filter} hosts={hosts} nowUs={nowUs} onFilter={setFilter} />
        )}
        {route.view === 'incident' && (
          <Incident
            key={route.id}
            id={route.id}
            nowUs={nowUs}
            onSearch={searchFor}
            onHost={(wanted) => show({ text: '', host: wanted })}
          />
        )}
        {route.view === 'alerts' && (
          <>
            <Alerts nowUs={nowUs} />
            <div class="board-left">
              <Mutes nowUs={nowUs} />
              <Bans nowUs={nowUs} />
            </div>
          </>
        )}
        {route.view !== 'alerts' && (
          <Tail
            tail={tail}
            nowUs={nowUs}
            text={text}
            host={host}
            hosts={hosts}
            paused={paused}
            onText={setText}
            onHost={setHost}
            onPause={setPaused}
          />
        )}
      </main>
    </>
  );
}
