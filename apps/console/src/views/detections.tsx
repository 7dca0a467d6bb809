import type { ApiDetection, DetectionPage } from '@suite/api/contract';
import { useState } from 'preact/hooks';
import { get } from '../api/client.ts';
import { Choice } from '../parts/choice.tsx';
import { Empty, Notice } from '../parts/notice.tsx';
import { mergeDetections } from '../state/detection-list.ts';
import { FLOORS, type Floor, reaches } from '../state/level-rank.ts';
import { useFailureWords } from '../state/session-context.ts';
import { DetectionItem } from './detection-item.tsx';

const PAGE = 50;

export function Detections(props: {
  readonly list: readonly ApiDetection[];
  readonly nowUs: number;
  readonly onSearch: (text: string) => void;
}) {
  const [floor, setFloor] = useState<Floor>('all');
  const [older, setOlder] = useState<readonly ApiDetection[]>([]);
  const [more, setMore] = useState(props.list.length >= PAGE);
  const [problem, setProblem] = useState<string | null>(null);
  const failureWords = useFailureWords();
  const all = mergeDetections(older, props.list);
  const shown = all.filter((detection) => reaches(detection.level, floor));

  const loadOlder = async (): Promise<void> => {
    const oldest = all.at(-1);
    if (!oldest) return;
    try {
      const page = await get<DetectionPage>('/api/v1/detections', { to: oldest.time, limit: PAGE });
      setOlder((before) => mergeDetections(before, page.items));
      setMore(page.next !== null);
      setProblem(null);
    } catch (error) {
      setProblem(failureWords(error));
    }
  };

  return (
    <section id="detections" class="panel" aria-labelledby="detections-title">
      <div class="panel-head">
        <h2 id="detections-title">Detections</h2>
        <Choice label="Levels shown" options={FLOORS} chosen={floor} onChoose={setFloor} />
      </div>
      {problem !== null && <Notice kind="problem">{problem}</Notice>}
      {all.length === 0 && (
        <Empty title="Nothing has been detected.">
          NADIR reads every line as it comes. To see it at work, feed it an old log:{' '}
          <code>npm start -- --replay FILE</code>
        </Empty>
      )}
      {all.length > 0 && shown.length === 0 && (
        <Empty title="None of this level.">Choose “All” to see the others.</Empty>
      )}
      <ul class="detection-list">
        {shown.map((detection) => (
          <DetectionItem
            key={detection.id}
            detection={detection}
            nowUs={props.nowUs}
            onSearch={props.onSearch}
          />
        ))}
      </ul>
      {more && (
        <button type="button" class="button-quiet button-wide" onClick={loadOlder}>
          Show older detections
        </button>
      )}
    </section>
  );
}
