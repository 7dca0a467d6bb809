import type { Word } from '../shell/ast.ts';
import type { Field } from './expand.ts';
import { hasGlob, resolveProgram } from './glob.ts';
import type { Disguise } from './invocation.ts';
import { plainName, WELL_KNOWN_PROGRAMS } from './well-known.ts';

/** Programs that scripts keep in variables. */
const NAMED: ReadonlySet<string> = new Set([
  ...WELL_KNOWN_PROGRAMS,
  ...['gpg', '7z', 'ccrypt', 'ccencrypt', 'zip', 'node', 'php', 'git', 'kubectl', 'useradd'],
]);

export interface Naming {
  readonly program: string;
  readonly path: string;
  readonly disguise: Disguise | null;
}

/** Which program a first word means, and whether its name was hidden. `word` is null for words that were given as text. */
export function nameOf(field: Field, word: Word | null): Naming {
  let path = field.text;
  let disguise = word === null ? null : disguiseOf(field, word);
  if (field.open && disguise === null) {
    // `wh${u}oami`, `c$()url`: an unknown variable in the middle of a name is most likely empty.
    const bare = path.replace(/\$(?:[A-Za-z_]\w*|\(\))/g, '');
    if (word !== null && word.parts.length > 2 && /^[a-z0-9/]+$/.test(bare) && surrounded(word)) {
      path = bare;
      disguise = 'variables';
    }
  }
  if (hasGlob(path) && path.length > 1) {
    const resolved = resolveProgram(path);
    if (resolved !== null) return { program: resolved, path, disguise: 'wildcards' };
  }
  if (path.includes('$')) {
    const slash = path.lastIndexOf('/');
    const base = path.slice(slash + 1);
    return { program: base.includes('$') ? namedByVariable(base) : plainName(base), path, disguise: null };
  }
  return { program: plainName(path.slice(path.lastIndexOf('/') + 1)), path, disguise };
}

function disguiseOf(field: Field, word: Word): Disguise | null {
  const { parts } = word;
  if (field.disguise === null) return null;
  if (field.disguise === 'variables')
    return parts.length > 1 && field.text !== '' && !field.text.includes('/')
      ? 'variables'
      : commandNamed(word);
  if (field.disguise === 'blanks') return 'blanks';
  // `\rm` only goes around an alias; quotes around a folder hide nothing.
  const [first, second] = parts;
  if (parts.some(({ kind }) => kind !== 'text')) return null;
  if (parts.length === 1) return field.disguise;
  const aliasOnly =
    parts.length === 2 &&
    first!.kind === 'text' &&
    first!.quoted &&
    first!.text.length === 1 &&
    second!.kind === 'text';
  if (aliasOnly) return null;
  return /\s/.test(field.text) || field.text.length > 40 ? null : 'quotes';
}

/** `$(echo curl)`: the name itself was put together by a program. */
function commandNamed(word: Word): Disguise | null {
  const [only] = word.parts;
  if (only?.kind !== 'command') return null;
  const stage = only.script.pipelines[0]?.stages[0];
  if (stage?.kind !== 'simple') return null;
  const head = stage.words[0]?.parts[0];
  return head?.kind === 'text' && (head.text === 'echo' || head.text === 'printf') ? 'variables' : null;
}

function surrounded(word: Word): boolean {
  const [first] = word.parts;
  const last = word.parts.at(-1);
  return (
    first?.kind === 'text' && last?.kind === 'text' && /[a-z]$/.test(first.text) && /^[a-z]/.test(last.text)
  );
}

/** Which language `$x -c CODE` is, by its code; empty where nothing tells. */
export function namedByCode(args: readonly string[]): string {
  if (args[0] !== '-c') return '';
  return /^\s*(?:import|from)\s+\w/.test(args[1] ?? '') ? 'python' : '';
}

/** `$which_python`, `${CURL_BIN}`, `$SHELL`: what a variable holds is often said by its name. */
function namedByVariable(text: string): string {
  const name = /^\$([A-Za-z_]\w{1,40})$/.exec(text)?.[1]?.toLowerCase();
  if (name === undefined) return '';
  if (name === 'shell') return 'bash';
  const bare = plainName(name.replace(/^(?:which|path_to|my|cmd)_|_(?:bin|path|cmd|exe|binary)$/g, ''));
  return NAMED.has(bare) ? bare : '';
}
