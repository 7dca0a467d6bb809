import { useMemo, useState } from 'preact/hooks';
import { Empty, Notice } from '../parts/notice.tsx';
import type { Tail as TailState } from '../state/use-tail.ts';
import { plural } from '../text/amount.ts';
import { searchPattern } from '../text/search-words.ts';
import { TailLine } from './tail-line.tsx';
import { TailSearch } from './tail-search.tsx';

export function Tail(props: {
  readonly tail: TailState;
  readonly nowUs: number;
  readonly text: string;
  readonly host: string;
  readonly hosts: readonly string[];
  readonly paused: boolean;
  readonly onText: (text: string) => void;
  readonly onHost: (host: string) => void;
  readonly onPause: (paused: boolean) => void;
}) {
  const { tail, nowUs, text, paused } = props;
  const [opened, setOpened] = useState<string | null>(null);
  const mark = useMemo(() => searchPattern(text), [text]);
  const filtered = text !== '' || props.host !== '';
  return (
    <section id="tail" tabIndex={-1} class="panel tail" aria-labelledby="tail-title">
      <div class="panel-head">
        <h2 id="tail-title">Log</h2>
        <span class="quiet tail-state" role="status">
          {tail.searching ? 'Searching …' : paused ? pausedWords(tail.waiting) : 'Newest first'}
        </span>
        <button
          type="button"
          class="button-quiet"
          aria-pressed={paused}
          onClick={() => props.onPause(!paused)}
        >
          {paused ? 'Go on' : 'Pause'}
        </button>
      </div>
      <TailSearch
        text={text}
        host={props.host}
        hosts={props.hosts}
        onText={props.onText}
        onHost={props.onHost}
      />
      {tail.problem !== null && <Notice kind="problem">{tail.problem}</Notice>}
      {tail.missed > 0 && (
        <Notice kind="info">
          {plural(tail.missed, 'line')} went by too fast to show here. They are stored; search finds them.
        </Notice>
      )}
      {tail.lines.length === 0 && !tail.searching ? (
        <Empty title={filtered ? 'No line matches.' : 'No line has arrived yet.'}>
          {filtered
            ? 'All words must be in the line. Try fewer, end one in *, or choose all nodes.'
            : 'Lines show here the moment that a node sends them.'}
        </Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <section class="tail-lines" aria-label="Lines, newest first" tabIndex={0}>
          <ol>
            {tail.lines.map((line) => (
              <TailLine
                key={line.id}
                line={line}
                nowUs={nowUs}
                mark={mark}
                open={opened === line.id}
                onToggle={() => setOpened(opened === line.id ? null : line.id)}
              />
            ))}
          </ol>
          {tail.hasOlder && (
            <button type="button" class="button-quiet button-wide" onClick={tail.loadOlder}>
              Show older lines
            </button>
          )}
        </section>
      )}
    </section>
  );
}

function pausedWords(waiting: number): string {
  return waiting === 0 ? 'Paused' : `Paused, ${plural(waiting, 'new line')} waiting`;
}
