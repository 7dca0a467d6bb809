import { decodeEscapes } from './ansi-c.ts';
import type { Part, Script, Word } from './ast.ts';
import type { Source } from './source.ts';

/** Parses commands up to a closing bracket or backtick; grammar.ts provides it. */
export interface Substitutions {
  script(source: Source, closing: ')'): Script;
  text(text: string, source: Source): Script;
}

const NAME_START = /[A-Za-z_]/;
const NAME_CHARS = /[A-Za-z0-9_]+/y;
const PLAIN = /[^\s|&;()<>'"\\$`]+/y;
const DOUBLE_PLAIN = /[^"\\$`]+/y;
const SPECIAL = '@*#?$!-0123456789';

/**
 * Reads one word from where the source stands: quotes, escapes and expansions, up to a blank or an operator.
 * Unterminated quotes reach to the end of the text, as a shell that goes on reading would take them.
 *
 * @returns null where no word begins.
 */
export function readWord(source: Source, substitutions: Substitutions): Word | null {
  const parts: Part[] = [];
  let pieces = 0;
  let unquoted = false;
  let quoted = false;
  while (source.more()) {
    const before = source.at;
    const plain = source.match(PLAIN);
    if (plain !== null) {
      parts.push({ kind: 'text', text: plain, quoted: false });
      unquoted = true;
    } else if (!readSpecial(source, parts, substitutions, false)) break;
    else if (source.text[before] !== '$' && source.text[before] !== '`') quoted = true;
    else if (source.text[before + 1] === "'") unquoted = quoted = true;
    pieces += 1;
    if (!source.spend()) break;
  }
  if (pieces === 0) return null;
  return { parts, split: unquoted && quoted };
}

/** Reads the inside of double quotes or of a here-document: to `closing`, or to the end where it is null. */
export function readQuoted(source: Source, closing: '"' | null, substitutions: Substitutions): Part[] {
  const parts: Part[] = [];
  while (source.more()) {
    const char = source.text[source.at]!;
    if (char === closing) {
      source.at += 1;
      break;
    }
    const plain = source.match(DOUBLE_PLAIN);
    if (plain !== null) parts.push({ kind: 'text', text: plain, quoted: true });
    else if (char === '\\') parts.push({ kind: 'text', text: escapedInQuotes(source), quoted: true });
    else if (char === '"') {
      parts.push({ kind: 'text', text: '"', quoted: true });
      source.at += 1;
    } else readExpansion(source, parts, substitutions, true);
    if (!source.spend()) break;
  }
  return parts;
}

function escapedInQuotes(source: Source): string {
  const next = source.text[source.at + 1];
  source.at += next === undefined ? 1 : 2;
  if (next === undefined) return '\\';
  if (next === '\n') return '';
  return '"\\$`'.includes(next) ? next : `\\${next}`;
}

/** @returns false where an operator or a blank ends the word. */
function readSpecial(source: Source, parts: Part[], substitutions: Substitutions, quoted: boolean): boolean {
  const { text } = source;
  const char = text[source.at]!;
  switch (char) {
    case "'": {
      const end = text.indexOf("'", source.at + 1);
      parts.push({
        kind: 'text',
        text: text.slice(source.at + 1, end < 0 ? undefined : end),
        quoted: true,
      });
      source.at = end < 0 ? text.length : end + 1;
      return true;
    }
    case '"':
      source.at += 1;
      pushQuoted(parts, readQuoted(source, '"', substitutions));
      return true;
    case '\\': {
      const next = text[source.at + 1];
      source.at += next === undefined ? 1 : 2;
      if (next !== '\n') parts.push({ kind: 'text', text: next ?? '\\', quoted: true });
      return true;
    }
    case '$':
    case '`':
      readExpansion(source, parts, substitutions, quoted);
      return true;
    case '<':
    case '>':
      if (text[source.at + 1] !== '(' || !source.enter()) return false;
      source.at += 2;
      parts.push({ kind: 'process', direction: char, script: substitutions.script(source, ')') });
      source.leave();
      return true;
    default:
      return false;
  }
}

/** An empty pair of quotes is a word too. */
function pushQuoted(parts: Part[], inside: readonly Part[]): void {
  if (inside.length === 0) parts.push({ kind: 'text', text: '', quoted: true });
  else parts.push(...inside);
}

function readExpansion(source: Source, parts: Part[], substitutions: Substitutions, quoted: boolean): void {
  const { text } = source;
  if (text[source.at] === '`') {
    readBackticks(source, parts, substitutions, quoted);
    return;
  }
  const next = text[source.at + 1] ?? '';
  if (next === '(') readParentheses(source, parts, substitutions, quoted);
  else if (next === '{') readBraces(source, parts, quoted);
  else if (next === "'" && !quoted) {
    const end = ansiEnd(text, source.at + 2);
    parts.push({ kind: 'text', text: decodeEscapes(text.slice(source.at + 2, end)), quoted: true });
    source.at = end + 1;
  } else if (next === '"' && !quoted) {
    source.at += 2;
    pushQuoted(parts, readQuoted(source, '"', substitutions));
  } else if (NAME_START.test(next)) {
    source.at += 1;
    parts.push({ kind: 'variable', name: source.match(NAME_CHARS)!, modifier: '', quoted, indirect: false });
  } else if (next !== '' && SPECIAL.includes(next)) {
    source.at += 2;
    parts.push({ kind: 'variable', name: next, modifier: '', quoted, indirect: false });
  } else {
    source.at += 1;
    parts.push({ kind: 'text', text: '$', quoted });
  }
}

function ansiEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === "'") return at;
  }
  return text.length;
}

function readParentheses(source: Source, parts: Part[], substitutions: Substitutions, quoted: boolean): void {
  if (source.text.startsWith('$((', source.at)) {
    const end = source.arithmeticEnd(source.at + 3);
    if (end >= 0) {
      parts.push({ kind: 'arithmetic', text: source.text.slice(source.at + 3, end) });
      source.at = end + 2;
      return;
    }
  }
  if (!source.enter()) {
    parts.push({ kind: 'text', text: '$', quoted });
    source.at += 1;
    // The bracket itself would end the word and leave the source where it stands.
    if (quoted) return;
    source.at += 1;
    return;
  }
  source.at += 2;
  parts.push({ kind: 'command', script: substitutions.script(source, ')'), quoted });
  source.leave();
}

function readBackticks(source: Source, parts: Part[], substitutions: Substitutions, quoted: boolean): void {
  const { text } = source;
  let inner = '';
  let at = source.at + 1;
  let from = at;
  for (; at < text.length && text[at] !== '`'; at++) {
    if (text[at] !== '\\' || !'`\\$'.includes(text[at + 1] ?? ' ')) continue;
    inner += text.slice(from, at);
    from = at + 1;
    at += 1;
  }
  inner += text.slice(from, at);
  source.at = Math.min(text.length, at + 1);
  if (!source.enter()) return;
  parts.push({ kind: 'command', script: substitutions.text(inner, source), quoted });
  source.leave();
}

const BRACED = /\$\{(!?)(#?)([A-Za-z_][A-Za-z0-9_]*|[@*#?$!0-9-])?/y;

function readBraces(source: Source, parts: Part[], quoted: boolean): void {
  const head = source.exec(BRACED)!;
  const from = source.at;
  const end = source.braceEnd(from);
  source.at = Math.min(source.text.length, end + 1);
  parts.push({
    kind: 'variable',
    name: head[2] === '#' ? '#' : (head[3] ?? ''),
    modifier: source.text.slice(from, end),
    quoted,
    indirect: head[1] === '!',
  });
}
