import { BlockList, isIP } from 'node:net';
import { base64Offsets, utf16, utf16be, utf16le, windash } from './encodings.ts';
import type { Compare, FieldSpec, TimePart } from './modifiers.ts';
import {
  type CompiledPattern,
  compilePattern,
  hasWildcards,
  MANY,
  type Piece,
  parsePattern,
} from './pattern.ts';
import { RuleProblem } from './problem.ts';

/** A value's text as the patterns it stands for: one, or one of several. @throws RuleProblem */
export function patternsOf(value: string, spec: FieldSpec): CompiledPattern[] {
  const texts = spec.windash ? windash(value) : [value];
  if (texts === null)
    throw new RuleProblem(spec.line, `"${short(value)}" has more options than windash can permute`);
  return texts.flatMap((text) => {
    const pieces = parsePattern(text);
    const encoded: Piece[][] = spec.encodings.length > 0 ? encode(pieces, spec) : [pieces];
    return encoded.map((p) => compilePattern(placed(p, spec), spec.cased));
  });
}

function encode(pieces: readonly Piece[], spec: FieldSpec): Piece[][] {
  if (hasWildcards(pieces))
    throw new RuleProblem(spec.line, 'wildcards cannot be encoded; escape them with \\');
  let bytes = Buffer.from(pieces.join(''), 'utf8');
  for (const encoding of spec.encodings) {
    if (encoding === 'utf16le') bytes = utf16le(bytes) as typeof bytes;
    else if (encoding === 'utf16be') bytes = utf16be(bytes) as typeof bytes;
    else if (encoding === 'utf16') bytes = utf16(bytes) as typeof bytes;
    else if (encoding === 'base64') return [[bytes.toString('base64')]];
    else return base64Offsets(bytes).map((text) => [text]);
  }
  return [[bytes.toString('latin1')]];
}

function placed(pieces: readonly Piece[], { position, field }: FieldSpec): Piece[] {
  const before = field === null || position === 'contains' || position === 'endswith';
  const after = field === null || position === 'contains' || position === 'startswith';
  const out = [...pieces];
  if (before && out[0] !== MANY) out.unshift(MANY);
  if (after && out.at(-1) !== MANY) out.push(MANY);
  return out;
}

/** @throws RuleProblem */
export function cidrTest(value: string, line: number): (text: string) => boolean {
  const [address = '', prefix, ...rest] = value.split('/');
  const family = isIP(address);
  const bits = prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix);
  if (
    family === 0 ||
    rest.length > 0 ||
    (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) ||
    bits > (family === 6 ? 128 : 32)
  )
    throw new RuleProblem(
      line,
      `"${short(value)}" is no network; expected an address and a prefix: 10.0.0.0/8, fe80::/10`,
    );
  const list = new BlockList();
  list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
  return (text) => {
    const its = isIP(text);
    return its !== 0 && list.check(text, its === 6 ? 'ipv6' : 'ipv4');
  };
}

/** @throws RuleProblem */
export function compareTest(op: Compare, value: unknown, line: number): (number: number) => boolean {
  const bound =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value.trim() !== ''
        ? Number(value)
        : Number.NaN;
  if (!Number.isFinite(bound))
    throw new RuleProblem(line, `"${short(String(value))}" is no number; ${op} compares numbers`);
  switch (op) {
    case 'lt':
      return (number) => number < bound;
    case 'lte':
      return (number) => number <= bound;
    case 'gt':
      return (number) => number > bound;
    case 'gte':
      return (number) => number >= bound;
  }
}

/** A part of a time stamp (ISO text, or epoch seconds, milliseconds or microseconds), in UTC; NaN where it is none. */
export function timePartOf(text: string, part: TimePart): number {
  const date = dateOf(text);
  switch (part) {
    case 'minute':
      return date.getUTCMinutes();
    case 'hour':
      return date.getUTCHours();
    case 'day':
      return date.getUTCDate();
    case 'week':
      return isoWeek(date);
    case 'month':
      return date.getUTCMonth() + 1;
    case 'year':
      return date.getUTCFullYear();
  }
}

function dateOf(text: string): Date {
  if (!/^\d{9,17}(\.\d+)?$/.test(text)) return new Date(/^\d{4}-\d\d-\d\d/.test(text) ? text : Number.NaN);
  const number = Number(text);
  return new Date(number < 1e11 ? number * 1e3 : number < 1e14 ? number : number / 1e3);
}

/** ISO 8601's week: the one with the year's first Thursday is the first. */
function isoWeek(date: Date): number {
  const thursday = new Date(date.getTime());
  thursday.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.ceil(((thursday.getTime() - first) / 86_400_000 + 1) / 7);
}

export function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
