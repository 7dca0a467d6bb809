import type { ApiEvidence } from '@suite/api/contract';
import { Cut } from '../parts/long-text.tsx';
import { Moment } from '../parts/moment.tsx';
import { plural } from '../text/amount.ts';

/** NADIR keeps 1,024 of a line that is evidence. */
const LINE_CHARS = 1100;

export function EvidenceList(props: {
  readonly lines: readonly ApiEvidence[];
  readonly total: number;
  readonly nowUs: number;
}) {
  const { lines, total, nowUs } = props;
  return (
    <div class="evidence">
      <h4>
        {total > lines.length ? `First ${lines.length} of ${plural(total, 'line')}` : plural(total, 'line')}{' '}
        of evidence
      </h4>
      <ol>
        {lines.map((line) => (
          <li key={line.id}>
            <span class="evidence-place">
              <Moment iso={line.time} timeUs={line.timeUs} nowUs={nowUs} />
              <span>
                <Cut text={`${line.host} ${line.file}`} most={300} />
                {line.line === undefined ? ` at byte ${line.offset}` : `, line ${line.line}`}
              </span>
            </span>
            <code class="log-text">
              <Cut text={line.text} most={LINE_CHARS} />
            </code>
          </li>
        ))}
      </ol>
    </div>
  );
}
