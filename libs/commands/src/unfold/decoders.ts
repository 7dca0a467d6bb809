import { gunzipSync, inflateSync } from 'node:zlib';
import { decodeEscapes } from '../shell/ansi-c.ts';
import { LIMITS } from '../shell/limits.ts';

/** Programs that turn encoded text back; what they print may be a command that nobody can read. */
export const DECODERS: ReadonlySet<string> = new Set(
  'base64 base32 basenc b64decode uudecode xxd openssl rev tr gunzip zcat gzip uncompress bzip2 xz hex od'.split(
    ' ',
  ),
);

/**
 * What a program prints, where the line itself holds all that it depends on; null where it does not. Bytes are
 * Latin-1 characters. Bounded by LIMITS.valueChars.
 */
export function literalOutput(program: string, args: readonly string[], stdin: string | null): string | null {
  const out = outputOf(program, args, stdin);
  return out !== null && out.length > LIMITS.valueChars ? out.slice(0, LIMITS.valueChars) : out;
}

function outputOf(program: string, args: readonly string[], stdin: string | null): string | null {
  switch (program) {
    case 'echo':
      return echo(args);
    case 'printf':
      return printf(args);
    case 'which':
    case 'command':
    case 'type': {
      const names = args.filter((arg) => !arg.startsWith('-'));
      return names.length === 1 && (program !== 'command' || args[0] === '-v') ? `${names[0]}\n` : null;
    }
    default:
      return stdin === null ? null : filtered(program, args, stdin);
  }
}

function filtered(program: string, args: readonly string[], stdin: string): string | null {
  const files = args.filter((arg) => !arg.startsWith('-'));
  switch (program) {
    case 'cat':
    case 'tee':
      return program === 'tee' || files.length === 0 ? stdin : null;
    case 'base64':
    case 'b64decode':
      if (decodes(args, ['-d', '-D', '--decode', '-di', '-id']) || program === 'b64decode')
        return Buffer.from(stdin, 'base64').toString('latin1');
      return files.length === 0 || args[0] === '-w' ? Buffer.from(stdin, 'latin1').toString('base64') : null;
    case 'base32':
      return decodes(args, ['-d', '-D', '--decode']) ? base32(stdin) : null;
    case 'openssl':
      if (!args.includes('-d') || !args.some((arg) => /^-?(?:base64|a)$/.test(arg))) return null;
      return Buffer.from(stdin, 'base64').toString('latin1');
    case 'xxd':
      if (!args.some((arg) => /^-(?:r|p?r|rp|r?p?s?)/.test(arg) && arg.includes('r'))) return null;
      return Buffer.from(stdin.replace(/[^0-9a-fA-F]/g, ''), 'hex').toString('latin1');
    case 'rev':
      return stdin
        .split('\n')
        .map((line) => [...line].reverse().join(''))
        .join('\n');
    case 'tr':
      return translate(args, stdin);
    case 'gunzip':
    case 'zcat':
    case 'gzip':
      return program === 'gzip' && !decodes(args, ['-d', '-dc', '-cd', '--decompress']) ? null : unzip(stdin);
    case 'zlib-flate':
      return unzip(stdin);
    default:
      return null;
  }
}

function decodes(args: readonly string[], options: readonly string[]): boolean {
  return args.some((arg) => options.includes(arg));
}

function echo(args: readonly string[]): string {
  let escapes = false;
  let newline = true;
  let from = 0;
  for (; from < args.length && /^-[neE]+$/.test(args[from]!); from++) {
    if (args[from]!.includes('n')) newline = false;
    if (args[from]!.includes('e')) escapes = true;
  }
  const text = args.slice(from).join(' ');
  return (escapes ? decodeEscapes(text) : text) + (newline ? '\n' : '');
}

function printf(args: readonly string[]): string | null {
  if (args[0] === '-v') return null;
  const [format, ...values] = args[0] === '--' ? args.slice(1) : args;
  if (format === undefined) return null;
  let used = 0;
  const once = () =>
    decodeEscapes(format).replace(/%(?:%|[-+ 0#]*\d*(?:\.\d+)?([sbdioxXcq]))/g, (_all, kind?: string) => {
      if (kind === undefined) return '%';
      const value = values[used++] ?? '';
      return kind === 'b' ? decodeEscapes(value) : value;
    });
  let out = once();
  while (used > 0 && used < values.length && out.length < LIMITS.valueChars) out += once();
  return out;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(text: string): string {
  let out = '';
  let bits = 0;
  let count = 0;
  for (const char of text.slice(0, LIMITS.valueChars * 2)) {
    const value = BASE32.indexOf(char);
    if (value < 0) continue;
    bits = (bits << 5) | value;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    out += String.fromCharCode((bits >> count) & 0xff);
    bits &= (1 << count) - 1;
  }
  return out;
}

/** `tr 'a-z' 'n-za-m'`, `tr -d x`. */
function translate(args: readonly string[], text: string): string | null {
  if (args[0] === '-d' && args[1] !== undefined) {
    const drop = new Set(characters(args[1]));
    return [...text].filter((char) => !drop.has(char)).join('');
  }
  if (args.length !== 2 || args[0]!.startsWith('-')) return null;
  const [from, to] = [characters(args[0]!), characters(args[1]!)];
  if (from.length === 0 || to.length === 0) return null;
  const table = new Map<string, string>();
  for (let i = 0; i < from.length; i++) table.set(from[i]!, to[Math.min(i, to.length - 1)]!);
  return [...text].map((char) => table.get(char) ?? char).join('');
}

function characters(set: string): string[] {
  const text = decodeEscapes(set.slice(0, 512)).replace('[:lower:]', 'a-z').replace('[:upper:]', 'A-Z');
  const out: string[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i + 1] === '-' && text[i + 2] !== undefined) {
      const [first, last] = [text.charCodeAt(i), text.charCodeAt(i + 2)];
      for (let code = first; code <= last && out.length < 1024; code++) out.push(String.fromCharCode(code));
      i += 2;
    } else out.push(text[i]!);
  }
  return out;
}

function unzip(text: string): string | null {
  const bytes = Buffer.from(text, 'latin1');
  const options = { maxOutputLength: LIMITS.valueChars * 4 };
  try {
    return (bytes[0] === 0x1f ? gunzipSync(bytes, options) : inflateSync(bytes, options)).toString('latin1');
  } catch {
    return null;
  }
}
