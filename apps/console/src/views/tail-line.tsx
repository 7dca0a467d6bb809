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
    const { program, text } = spoken(line);
    return (
      <li class={`line ${open ? 'line-open' : ''}`} data-outcome={outcomeWorthSeeing(line)}>
        <button type="button" class="line-button" aria-expanded={open} onClick={onToggle}>
          <Moment iso={line.time} timeUs={line.timeUs} nowUs={nowUs} />
          <span class="line-host">
            <Untrusted text={line.host} />
          </span>
          <code class="log-text">
            {program !== null && (
              <span class="line-program">
                <Untrusted text={program} mark={mark} />{' '}
              </span>
            )}
            <Untrusted text={text.slice(0, SHOWN_CHARS)} mark={mark} />
            {text.length > SHOWN_CHARS && ' …'}
          </code>
        </button>
        {open && <RecordFields line={line} />}
      </li>
    );
  },
  (before, after) =>
    before.line === after.line && before.mark === after.mark && before.open === after.open && !after.open,
);

/** What the line says without the time and host that stand beside it; the raw line is among its fields. */
function spoken(line: ApiRecord): { readonly program: string | null; readonly text: string } {
  const message = line.event?.message;
  const program = line.event?.['process.name'];
  if (typeof message !== 'string' || message === '') return { program: null, text: line.raw };
  return { program: typeof program === 'string' ? program : null, text: message };
}

/** Every failure, and of the successes those by which somebody came in. */
function outcomeWorthSeeing(line: ApiRecord): string | undefined {
  const outcome = line.event?.['event.outcome'];
  if (outcome === 'failure') return 'failure';
  return outcome === 'success' && line.event?.['event.category'] === 'authentication' ? 'success' : undefined;
}
