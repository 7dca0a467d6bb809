import type { Redirection, Word } from './ast.ts';
import { Source } from './source.ts';
import { readQuoted, readWord, type Substitutions } from './words.ts';

const HEAD = /(\d{1,4}|\{[A-Za-z_]\w*\})?(<<<|<<-?|<>|<&|>>|>&|>\||&>>|&>|<(?!\()|>(?!\())/y;

interface Pending {
  readonly delimiter: string;
  readonly literal: boolean;
  readonly tabs: boolean;
  readonly redirection: { target: Word };
}

/** Here-documents whose bodies follow the line that is being read, by source. */
const pending = new WeakMap<Source, Pending[]>();

/** @returns null where no redirection begins. */
export function readRedirection(source: Source, substitutions: Substitutions): Redirection | null {
  const head = source.exec(HEAD);
  if (head === null) return null;
  source.match(/[ \t]+/y);
  const operator = head[2]!;
  const target = readWord(source, substitutions) ?? { parts: [], split: false };
  const fd = head[1] === undefined || head[1].startsWith('{') ? null : Number(head[1]);
  if (operator !== '<<' && operator !== '<<-') return { operator, fd, target };
  const redirection: { operator: string; fd: number | null; target: Word } = {
    operator: '<<',
    fd,
    target: { parts: [], split: false },
  };
  const queue = pending.get(source) ?? [];
  queue.push({
    delimiter: target.parts.map((part) => (part.kind === 'text' ? part.text : '')).join(''),
    literal: target.parts.some((part) => part.kind === 'text' && part.quoted),
    tabs: operator === '<<-',
    redirection,
  });
  pending.set(source, queue);
  return redirection;
}

/** Called behind a newline: takes the bodies of the here-documents that the line before asked for. */
export function takeHereDocuments(source: Source, substitutions: Substitutions): void {
  const queue = pending.get(source);
  if (queue === undefined || queue.length === 0) return;
  pending.set(source, []);
  for (const { delimiter, literal, tabs, redirection } of queue) {
    const body = takeBody(source, delimiter, tabs);
    const parts = literal
      ? [{ kind: 'text' as const, text: body, quoted: true }]
      : readQuoted(new Source(body, source.budget, source.depth), null, substitutions);
    redirection.target = { parts, split: false };
  }
}

function takeBody(source: Source, delimiter: string, tabs: boolean): string {
  const from = source.at;
  while (source.more()) {
    const start = source.at;
    const newline = source.text.indexOf('\n', start);
    const end = newline < 0 ? source.text.length : newline;
    const line = source.text.slice(start, end);
    source.at = Math.min(source.text.length, end + 1);
    if ((tabs ? line.replace(/^\t+/, '') : line) === delimiter) return source.text.slice(from, start);
  }
  return source.text.slice(from);
}
