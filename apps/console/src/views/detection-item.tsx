import type { ApiDetection } from '@suite/api/contract';
import { LevelBadge } from '../parts/level-badge.tsx';
import { Cut, LongText } from '../parts/long-text.tsx';
import { Moment } from '../parts/moment.tsx';
import { Technique } from '../parts/technique.tsx';
import { plural } from '../text/amount.ts';
import { visibleText } from '../text/visible.ts';
import { EvidenceList } from './evidence-list.tsx';

const ENTITY: Readonly<Record<string, string>> = {
  'source.address': 'from',
  'user.name': 'account',
  'user.effective.name': 'as',
  'source.user.name': 'by',
  'host.name': 'on',
  'process.command_line': 'command',
};

export function DetectionItem(props: {
  readonly detection: ApiDetection;
  readonly nowUs: number;
  readonly onSearch: (text: string) => void;
}) {
  const { detection, nowUs, onSearch } = props;
  const subject = detection.entities['source.address'] ?? detection.entities['user.name'];
  return (
    <li class={`detection detection-${detection.level}`}>
      <details>
        <summary>
          <span class="detection-head">
            <LevelBadge level={detection.level} />
            <span class="detection-title">
              <Cut text={detection.title} most={160} />
            </span>
            <Moment iso={detection.time} timeUs={detection.timeUs} nowUs={nowUs} />
          </span>
          <span class="entities">
            {Object.entries(detection.entities).map(([name, value]) => (
              <span key={name} class="entity" title={visibleText(name)}>
                <span class="entity-name">
                  <Cut text={ENTITY[name] ?? name} most={40} />
                </span>{' '}
                <Cut text={value} most={200} />
              </span>
            ))}
          </span>
        </summary>
        <div class="detection-body">
          <p class="reason">
            <LongText text={detection.reason} />
          </p>
          <p class="detection-facts">
            {detection.techniques.map((technique) => (
              <Technique key={technique} id={technique} />
            ))}
            <span class="quiet">
              rule <Cut text={detection.rule} most={80} />
            </span>
          </p>
          <EvidenceList lines={detection.evidence} total={detection.evidenceCount} nowUs={nowUs} />
          {subject !== undefined && (
            <button type="button" class="button-quiet" onClick={() => onSearch(subject)}>
              {detection.evidenceCount > detection.evidence.length
                ? `Search the log for all ${plural(detection.evidenceCount, 'line')}`
                : 'Search the log for more of it'}
            </button>
          )}
        </div>
      </details>
    </li>
  );
}
