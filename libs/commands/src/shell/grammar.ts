import type { Assignment, CompoundCommand, Node, Pipeline, Redirection, Script, Word } from './ast.ts';
import { readCompound } from './compound.ts';
import { readRedirection, takeHereDocuments } from './redirections.ts';
import { Source } from './source.ts';
import { readWord, type Substitutions } from './words.ts';

const BLANKS = /(?:[ \t\r]|\\\n)+/y;
const COMMENT = /#[^\n]*/y;
const RESERVED =
  /(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|select|function|\{|\}|!|time)(?=[\s;&|()<>]|$)/y;
const CLOSERS: ReadonlySet<string> = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);
const ASSIGNMENT = /([A-Za-z_][A-Za-z0-9_]*)(?:\[[^\]\s]{0,64}\])?(\+?)=/y;
const FUNCTION_HEAD = /([A-Za-z_:.][A-Za-z0-9_:.-]*)[ \t]*\([ \t]*\)/y;
const OPERATOR = /\|\||\|&|\||&&|&(?!>)|;;&?|;&|;|\n/y;

export const substitutions: Substitutions = {
  script: (source) => readScript(source, ')'),
  text: (text, source) => readScript(new Source(text, source.budget, source.depth), null),
};

/**
 * Reads a list of pipelines. Ends at the closing bracket (taken), at one of the reserved words that close a
 * body where `until` is given (not taken), or at the end of the text. Whatever does not fit is skipped.
 */
export function readScript(source: Source, closing: ')' | null, until?: ReadonlySet<string>): Script {
  const pipelines: Pipeline[] = [];
  while (skipBlanks(source)) {
    const char = source.text[source.at]!;
    if (char === ')') {
      if (until) break;
      source.at += 1;
      if (closing === ')') break;
      continue;
    }
    const operator = source.match(OPERATOR);
    if (operator !== null) {
      if (operator === '\n') takeHereDocuments(source, substitutions);
      if (until && operator.startsWith(';;')) {
        source.at -= operator.length;
        break;
      }
      continue;
    }
    const word = peekReserved(source);
    if (word !== null && CLOSERS.has(word)) {
      if (until?.has(word)) break;
      source.at += word.length;
      continue;
    }
    const pipeline = readPipeline(source);
    if (pipeline.stages.length > 0) pipelines.push(pipeline);
    if (!source.spend()) break;
  }
  return { pipelines };
}

export function peekReserved(source: Source): string | null {
  RESERVED.lastIndex = source.at;
  return RESERVED.exec(source.text)?.[0] ?? null;
}

/** @returns whether anything is left. */
export function skipBlanks(source: Source): boolean {
  for (;;) {
    source.match(BLANKS);
    if (source.text[source.at] !== '#') break;
    source.match(COMMENT);
  }
  return source.more();
}

function readPipeline(source: Source): Pipeline {
  const stages: Node[] = [];
  for (;;) {
    if (!skipBlanks(source)) break;
    const before = source.at;
    const node = readCommand(source);
    if (node !== null) stages.push(node);
    // Something that begins no command, such as a lone `(` too deep down: step over it.
    else if (source.at === before) source.at += 1;
    skipBlanks(source);
    const at = source.at;
    const operator = source.match(OPERATOR);
    if (operator === '|' || operator === '|&') {
      source.match(/[\s]+/y);
      if (source.spend()) continue;
      break;
    }
    if (operator === '\n') takeHereDocuments(source, substitutions);
    if (operator?.startsWith(';;')) {
      source.at = at;
      return { stages, end: ';' };
    }
    return { stages, end: endOf(operator) };
  }
  return { stages, end: '' };
}

function endOf(operator: string | null): Pipeline['end'] {
  switch (operator) {
    case '&&':
    case '||':
    case '&':
      return operator;
    case null:
      return '';
    default:
      return ';';
  }
}

function readCommand(source: Source): Node | null {
  let reserved = peekReserved(source);
  while (reserved === '!' || reserved === 'time') {
    source.at += reserved.length;
    if (!skipBlanks(source)) return null;
    reserved = peekReserved(source);
  }
  const head = source.exec(FUNCTION_HEAD);
  if (head !== null) return readFunction(source, head[1]!);
  if (reserved !== null || source.text[source.at] === '(') {
    const compound = readCompound(source, reserved, readScript);
    if (compound !== undefined) return compound;
  }
  return readSimple(source);
}

function readFunction(source: Source, name: string): CompoundCommand | null {
  source.match(/\s+/y);
  if (!source.enter()) return null;
  const body = readCommand(source);
  source.leave();
  const bodies = body === null ? [] : [{ pipelines: [{ stages: [body], end: '' as const }] }];
  return { kind: 'function', name, words: [], bodies, redirections: [] };
}

function readSimple(source: Source): Node | null {
  const assignments: Assignment[] = [];
  const words: Word[] = [];
  const redirections: Redirection[] = [];
  while (skipInline(source)) {
    const redirection = readRedirection(source, substitutions);
    if (redirection !== null) {
      redirections.push(redirection);
      continue;
    }
    const assignment = words.length === 0 ? readAssignment(source) : null;
    if (assignment !== null) {
      assignments.push(assignment);
      continue;
    }
    const word = readWord(source, substitutions);
    if (word === null) break;
    words.push(word);
    if (words.length === 1 && word.parts.length === 1 && isTest(word)) {
      readTest(source, words);
      break;
    }
  }
  if (words.length + assignments.length + redirections.length === 0) return null;
  return { kind: 'simple', assignments, words, redirections };
}

/** A `#` in the middle of a command begins a comment too: it stands where a word would begin. */
function skipInline(source: Source): boolean {
  source.match(BLANKS);
  if (source.text[source.at] === '#') source.match(COMMENT);
  return source.more();
}

function readAssignment(source: Source): Assignment | null {
  const head = source.exec(ASSIGNMENT);
  if (head === null) return null;
  if (source.text[source.at] === '(') {
    const end = source.text.indexOf(')', source.at);
    const text = source.text.slice(source.at + 1, end < 0 ? undefined : end);
    source.at = end < 0 ? source.text.length : end + 1;
    return {
      name: head[1]!,
      append: head[2] === '+',
      value: { parts: [{ kind: 'text', text, quoted: true }], split: false },
    };
  }
  const value = readWord(source, substitutions) ?? { parts: [], split: false };
  return { name: head[1]!, append: head[2] === '+', value };
}

function isTest(word: Word): boolean {
  const [part] = word.parts;
  return part?.kind === 'text' && part.text === '[[' && !part.quoted;
}

/** The inside of `[[ … ]]` has operators of its own: its words are kept, its operators dropped. */
function readTest(source: Source, words: Word[]): void {
  while (source.more()) {
    source.match(/[\s|&()<>;]+/y);
    const word = readWord(source, substitutions);
    if (word === null) break;
    words.push(word);
    const [part] = word.parts;
    if (part?.kind === 'text' && part.text === ']]') break;
  }
}
