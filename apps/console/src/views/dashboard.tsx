import type { ApiDetection, ApiNode, ApiSummary } from '@suite/api/contract';
import { useCallback, useState } from 'preact/hooks';
import { Notice } from '../parts/notice.tsx';
import { mergeDetections } from '../state/detection-list.ts';
import { SignedOut } from '../state/session-context.ts';
import { usePolled } from '../state/use-polled.ts';
import { useServerNow } from '../state/use-server-now.ts';
import { useTail } from '../state/use-tail.ts';
import { Detections } from './detections.tsx';
import { Headline } from './headline.tsx';
import { Nodes } from './nodes.tsx';
import { Rate } from './rate.tsx';
import { Tail } from './tail.tsx';
import { TopBar } from './top-bar.tsx';

const NODES_MS = 15_000;
const SUMMARY_MS = 60_000;

interface DashboardProps {
  readonly first: ApiSummary;
  readonly onSignedOut: () => void;
  readonly onSignOut: () => void;
}

export function Dashboard(props: DashboardProps) {
  return (
    <SignedOut.Provider value={props.onSignedOut}>
      <Board {...props} />
    </SignedOut.Provider>
  );
}

function Board({ first, onSignOut }: DashboardProps) {
  const nowUs = useServerNow(first.nowUs);
  const [text, setText] = useState('');
  const [host, setHost] = useState('');
  const [paused, setPaused] = useState(false);
  const [arrived, setArrived] = useState<readonly ApiDetection[]>([]);
  const onDetection = useCallback((detection: ApiDetection) => {
    setArrived((before) => mergeDetections(before, [detection]).slice(0, 200));
  }, []);

  const summary = usePolled<ApiSummary>('/api/v1/summary', {}, SUMMARY_MS, first);
  const nodes = usePolled<{ items: ApiNode[] }>('/api/v1/nodes', {}, NODES_MS, { items: first.nodes });
  const tail = useTail({ text, host }, paused, first.records, onDetection);
  const detections = mergeDetections(summary.data.detections, arrived);
  const searchFor = (wanted: string): void => {
    setText(wanted);
    setPaused(false);
    document.getElementById('tail')?.scrollIntoView({ block: 'start' });
  };

  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <TopBar connection={tail.connection} version={first.version} onSignOut={onSignOut} />
      <main id="main" class="board">
        <div class="board-head">
          <Headline summary={summary.data} nodes={nodes.data.items} detections={detections} nowUs={nowUs} />
          {nodes.problem !== null && (
            <Notice kind="problem">{nodes.problem} What you see is from before.</Notice>
          )}
          {summary.data.problems.map((problem) => (
            <Notice key={problem} kind="problem">
              {problem}
            </Notice>
          ))}
        </div>
        <Nodes nodes={nodes.data.items} nowUs={nowUs} />
        <div class="board-left">
          <Rate first={first.rate} />
          <Detections list={detections} nowUs={nowUs} onSearch={searchFor} />
        </div>
        <Tail
          tail={tail}
          nowUs={nowUs}
          text={text}
          host={host}
          hosts={nodes.data.items.map((node) => node.host)}
          paused={paused}
          onText={setText}
          onHost={setHost}
          onPause={setPaused}
        />
      </main>
    </>
  );
}
