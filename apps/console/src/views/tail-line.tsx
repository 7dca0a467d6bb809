import type { ApiRecord } from '@suite/api/contract';
import { memo } from '../parts/memo.ts';
import { Moment } from '../parts/moment.tsx';
import { Untrusted } from '../parts/untrusted.tsx';
import { RecordFields } from './record-fields.tsx';

interface TailLineProps {
  readonly line: ApiRecord;
  readonly nowUs: number;
  readonly mark: RegExp | null;
  readonly open: boolean;
  readonly onToggle: () => void;
}

const SHOWN_CHARS = 600;

export const TailLine = memo(
  function TailLine({ line, nowUs, mark, open, onToggle }: TailLineProps) {
    const outcome = line.event?.['event.outcome'];
    const long = line.raw.length > SHOWN_CHARS && !open;
    return (
      <li class={`line ${open ? 'line-open' : ''}`} data-outcome={outcome}>
        <button type="button" class="line-button" aria-expanded={open} onClick={onToggle}>
          <Moment iso={line.time} timeUs={line.timeUs} nowUs={nowUs} />
          <span class="line-host">
            <Untrusted text={line.host} />
          </span>
          <code class="log-text">
            <Untrusted text={long ? line.raw.slice(0, SHOWN_CHARS) : line.raw} mark={mark} />
            {long && ' …'}
          </code>
        </button>
        {open && <RecordFields line={line} />}
      </li>
    );
  },
  (before, after) =>
    before.line === after.line && before.mark === after.mark && before.open === after.open && !after.open,
);
