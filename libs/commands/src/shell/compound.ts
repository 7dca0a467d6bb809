import type { CompoundCommand, Redirection, Script, Word } from './ast.ts';
import { peekReserved, skipBlanks, substitutions } from './grammar.ts';
import { readRedirection } from './redirections.ts';
import type { Source } from './source.ts';
import { readWord } from './words.ts';

type ReadScript = (source: Source, closing: ')' | null, until?: ReadonlySet<string>) => Script;

const BRACE = new Set(['}']);
const DONE = new Set(['do', 'done']);
const FI = new Set(['then', 'elif', 'else', 'fi']);
const ESAC = new Set(['esac']);

/** @returns undefined where the reserved word is no beginning, or the nesting too deep: then it is read as a word. */
export function readCompound(
  source: Source,
  reserved: string | null,
  readScript: ReadScript,
): CompoundCommand | null | undefined {
  if (!source.enter()) {
    if (source.text[source.at] !== '(') return undefined;
    source.at += 1;
    return null;
  }
  const command = readInside(source, reserved, readScript);
  source.leave();
  return command;
}

function readInside(
  source: Source,
  reserved: string | null,
  readScript: ReadScript,
): CompoundCommand | undefined {
  if (reserved === null) {
    if (source.text.startsWith('((', source.at)) {
      const end = source.arithmeticEnd(source.at + 2);
      if (end >= 0) {
        source.at = end + 2;
        return { kind: 'group', name: '', words: [], bodies: [], redirections: [] };
      }
    }
    source.at += 1;
    return made(source, 'subshell', [readScript(source, ')')]);
  }
  source.at += reserved.length;
  switch (reserved) {
    case '{': {
      const body = readScript(source, null, BRACE);
      takeReserved(source, '}');
      return made(source, 'group', [body]);
    }
    case 'if':
      return made(source, 'if', readBodies(source, FI, 'fi', readScript));
    case 'while':
    case 'until':
      return made(source, 'while', readBodies(source, DONE, 'done', readScript));
    case 'for':
    case 'select':
      return readFor(source, readScript);
    case 'case':
      return readCase(source, readScript);
    case 'function': {
      skipBlanks(source);
      const name = source.match(/[^\s(){};|&<>]+/y) ?? '';
      source.match(/[ \t]*\([ \t]*\)/y);
      source.match(/\s+/y);
      const body = peekReserved(source) === '{' ? readInside(source, '{', readScript) : undefined;
      return { kind: 'function', name, words: [], bodies: body?.bodies ?? [], redirections: [] };
    }
    default:
      source.at -= reserved.length;
      return undefined;
  }
}

function made(
  source: Source,
  kind: CompoundCommand['kind'],
  bodies: readonly Script[],
  name = '',
  words: readonly Word[] = [],
): CompoundCommand {
  const redirections: Redirection[] = [];
  for (;;) {
    source.match(/[ \t]+/y);
    const redirection = readRedirection(source, substitutions);
    if (redirection === null) return { kind, name, words, bodies, redirections };
    redirections.push(redirection);
  }
}

function takeReserved(source: Source, word: string): boolean {
  if (peekReserved(source) !== word) return false;
  source.at += word.length;
  return true;
}

/** Bodies parted by the reserved words in `until`, the last of which is `closing`. */
function readBodies(
  source: Source,
  until: ReadonlySet<string>,
  closing: string,
  readScript: ReadScript,
): Script[] {
  const bodies: Script[] = [];
  while (source.more()) {
    bodies.push(readScript(source, null, until));
    const word = peekReserved(source);
    if (word === null || !until.has(word)) {
      // `)` or `;;` of something around it: the body ends where its surroundings do.
      break;
    }
    source.at += word.length;
    if (word === closing) break;
  }
  return bodies;
}

function readFor(source: Source, readScript: ReadScript): CompoundCommand {
  skipBlanks(source);
  const words: Word[] = [];
  let name = '';
  if (source.text.startsWith('((', source.at)) {
    const end = source.arithmeticEnd(source.at + 2);
    const text = end < 0 ? '' : source.text.slice(source.at + 2, end);
    words.push({ parts: [{ kind: 'arithmetic', text }], split: false });
    source.at = end < 0 ? source.text.length : end + 2;
  } else {
    name = source.match(/[A-Za-z_][A-Za-z0-9_]*/y) ?? '';
    source.match(/\s+/y);
    if (source.match(/in(?=[\s;]|$)/y) !== null) {
      for (;;) {
        source.match(/[ \t]+/y);
        const word = readWord(source, substitutions);
        if (word === null) break;
        words.push(word);
      }
    }
  }
  source.match(/[\s;]+/y);
  const bodies: Script[] = [];
  if (takeReserved(source, 'do')) bodies.push(...readBodies(source, new Set(['done']), 'done', readScript));
  else if (takeReserved(source, '{')) {
    bodies.push(readScript(source, null, BRACE));
    takeReserved(source, '}');
  }
  return made(source, 'for', bodies, name, words);
}

function readCase(source: Source, readScript: ReadScript): CompoundCommand {
  skipBlanks(source);
  const subject = readWord(source, substitutions);
  source.match(/\s+/y);
  source.match(/in(?=\s|$)/y);
  const bodies: Script[] = [];
  while (source.more()) {
    source.match(/(?:\s|;;&?|;&|;)+/y);
    if (takeReserved(source, 'esac')) break;
    // The patterns; their text does nothing.
    source.match(/\(/y);
    const before = source.at;
    while (readWord(source, substitutions) !== null) source.match(/[ \t|]+/y);
    if (source.match(/\)/y) === null) {
      if (source.at === before) break;
      continue;
    }
    bodies.push(readScript(source, null, ESAC));
  }
  return made(source, 'case', bodies, '', subject === null ? [] : [subject]);
}
