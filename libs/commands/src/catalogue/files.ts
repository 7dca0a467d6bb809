import { hasGlob, resolvePath } from '../unfold/glob.ts';
import type { Invocation } from '../unfold/invocation.ts';
import { optionValue } from '../unfold/options.ts';

/** How a file is touched. `edit` is in place (`sed -i`), `text` by echo or printf, `output` by any other program. */
export type Touch = 'text' | 'output' | 'tee' | 'copy' | 'edit' | 'link' | 'empty' | 'remove' | 'read';

export interface FileTouch {
  readonly path: string;
  readonly how: Touch;
  readonly call: Invocation;
  /** What is written, where the line holds it. */
  readonly content: string | null;
}

const FILES = 256;
const TALKERS: ReadonlySet<string> = new Set(['echo', 'printf']);
const READERS: ReadonlySet<string> = new Set(
  (
    'cat tac less more head tail bat nl cp scp rsync tar zip gzip bzip2 xz base64 base32 xxd od hexdump strings ' +
    'grep egrep fgrep zgrep rg awk gawk mawk sed cut sort uniq tee mv 7z openssl dd install gcp curl wget nc ncat ' +
    'john hashcat unshadow jq diff cmp view vi vim nano rev paste ssh-keygen gpg'
  ).split(' '),
);

/** Adds the files that the call writes, by redirection or by its arguments. */
export function writtenFiles(call: Invocation, into: FileTouch[]): void {
  for (const { operator, target } of call.redirects) {
    if (!operator.startsWith('>') && !operator.startsWith('&>') && operator !== '<>') continue;
    if (operator === '>&' || target === '' || target.startsWith('/dev/null')) continue;
    const talks = TALKERS.has(call.program);
    const empties =
      !talks && operator !== '>>' && (call.program === ':' || call.program === 'true' || emptyCat(call));
    push(
      into,
      target,
      empties ? 'empty' : talks ? 'text' : 'output',
      call,
      talks ? call.args.join(' ') : call.stdin,
    );
  }
  const { program, args } = call;
  switch (program) {
    case 'tee':
      for (const path of plain(args)) push(into, path, 'tee', call, call.stdin ?? talk(call));
      break;
    case 'cp':
    case 'mv':
    case 'install':
    case 'gcp': {
      const into_ = optionValue(args, '-t', '--target-directory');
      const files = plain(args);
      const target = into_ ?? (files.length > 1 ? files.at(-1) : undefined);
      if (target !== undefined) push(into, target, 'copy', call, null);
      if (program === 'mv') for (const path of files.slice(0, -1)) push(into, path, 'remove', call, null);
      break;
    }
    case 'ln': {
      const files = plain(args);
      if (files.length > 1) push(into, files.at(-1)!, 'link', call, files[0]!);
      break;
    }
    case 'sed':
    case 'perl':
      if (args.some((arg) => /^-[a-zA-Z]*i/.test(arg) || arg.startsWith('--in-place')))
        for (const path of plain(args).filter(isPath)) push(into, path, 'edit', call, args.join(' '));
      break;
    case 'ed':
    case 'ex':
      for (const path of plain(args).filter(isPath)) push(into, path, 'edit', call, call.stdin);
      break;
    case 'dd':
      for (const arg of args) if (arg.startsWith('of=')) push(into, arg.slice(3), 'output', call, null);
      break;
    case 'truncate':
      for (const path of plain(args)) push(into, path, 'empty', call, null);
      break;
    case 'rm':
    case 'unlink':
    case 'shred':
    case 'wipe':
    case 'srm':
      for (const path of plain(args)) push(into, path, 'remove', call, null);
      break;
    case 'curl':
    case 'wget': {
      const path =
        program === 'curl'
          ? optionValue(args, '-o', '--output')
          : optionValue(args, '-O', '--output-document');
      if (path !== undefined && path !== '-') push(into, path, 'output', call, null);
      break;
    }
    default:
  }
}

/** Adds the files that the call reads, by redirection or by its arguments. */
export function readFiles(call: Invocation, into: FileTouch[]): void {
  for (const { operator, target } of call.redirects)
    if (operator === '<' && target !== '') push(into, target, 'read', call, null);
  if (!READERS.has(call.program)) return;
  for (const arg of call.args) {
    if (arg.length < 4) continue;
    const at = arg.indexOf(arg.startsWith('@') ? '@' : '=@');
    const path =
      at >= 0 ? arg.slice(arg.startsWith('@') ? 1 : at + 2) : arg.startsWith('if=') ? arg.slice(3) : arg;
    if (isPath(path)) push(into, path, 'read', call, null);
  }
}

function push(into: FileTouch[], path: string, how: Touch, call: Invocation, content: string | null): void {
  if (into.length >= FILES) return;
  const known = hasGlob(path) ? (resolvePath(path) ?? path) : path;
  into.push({ path: known, how, call, content });
}

/** What echo or printf before it in the pipeline prints. */
function talk(call: Invocation): string | null {
  const before = call.upstream.findLast(({ program }) => TALKERS.has(program));
  return before === undefined ? null : before.args.join(' ');
}

function emptyCat(call: Invocation): boolean {
  return call.program === 'cat' && call.args.length === 1 && call.args[0] === '/dev/null';
}

export function plain(args: readonly string[]): string[] {
  return args.filter((arg) => !arg.startsWith('-') && arg !== '');
}

function isPath(arg: string): boolean {
  return arg.length < 512 && (arg.includes('/') || arg.startsWith('.') || arg.startsWith('~'));
}
