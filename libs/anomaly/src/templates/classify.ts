import { classOf, DASH, DIGIT, DOT, LETTER } from './character.ts';
import { ADDRESS, HEX, HOST, ID, MIX, NUMBER, TIME, WORD } from './kind.ts';

/** Longest run of digits that a name may carry and still be a name: `node246`. */
const NAME_DIGITS = 3;
/** Letters with any digit, so long, are no name. */
const BLOB_CHARS = 24;
/** From this length on hexadecimal digits are a number even without `0x`. */
const HEX_CHARS = 6;
const UNIT_LETTERS = 4;

/** Endings that make a dotted lower-case name a host's; endings of files and of dotted property names are left out. */
const HOST_ENDINGS: ReadonlySet<string> = new Set(
  (
    'com net org edu gov mil int info biz arpa local lan localdomain internal home cloud dev app online xyz site ' +
    'ae ar au br ca ch ci cl cn co cz de dk ee es eu fi fr gr hk hr hu ie il io ir jp ke kr kz lt lu lv ma mx ng ' +
    'nl nz om pe ph pk pt ro ru sa se sg sk th tn tr tv tw ua uk us uy uz ve vn za'
  ).split(' '),
);

/** The kind of a chunk without letters that has a digit: `10.0.0.1:22`, `12:30:01.5`, `-4.5%`. */
export function kindOfFigures(text: string, start: number, end: number): number {
  let dots = 0;
  let colons = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) dots++;
    else if (code === 58) colons++;
  }
  if (dots === 3 && colons <= 1) return ADDRESS;
  if (colons > 2) return ADDRESS;
  return colons > 0 ? TIME : NUMBER;
}

/**
 * The kind of a chunk that has letters and something besides, but no colon.
 * @param classes or-ed classes of its characters.
 */
export function kindOfChunk(text: string, start: number, end: number, classes: number): number {
  const hasDigit = (classes & DIGIT) !== 0;
  if ((classes & DOT) !== 0 && isHost(text, start, end)) return HOST;
  if (!hasDigit) return WORD;
  if (isHex(text, start, end)) return HEX;
  if (isNumberWithUnit(text, start, end)) return NUMBER;
  // `blk_2`, `pool_A5`: names that programs make up are numbered, however short the number is.
  if (text.slice(start, end).includes('_')) return ID;
  let runs = 0;
  let run = 0;
  let longest = 0;
  for (let i = start; i < end; i++) {
    if (classOf(text.charCodeAt(i)) === DIGIT) {
      if (run === 0) runs++;
      run++;
      if (run > longest) longest = run;
    } else run = 0;
  }
  return runs > 1 || longest > NAME_DIGITS || end - start >= BLOB_CHARS ? ID : MIX;
}

/** Addresses of eight groups and of hardware, stamps with a `T`: chunks with letters and colons that are one value. */
export function kindOfColons(text: string, start: number, end: number, classes: number): number {
  let colons = 0;
  let others = 0;
  let letters = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 58) colons++;
    else if (code === 37 && colons > 1) break;
    else if (!isHexDigit(code) && code !== 46 && code !== 47) others++;
    if (classOf(code) === LETTER) letters++;
  }
  if (colons >= 2 && others === 0 && ((classes & DIGIT) !== 0 || text.includes('::'))) return ADDRESS;
  const startsWithDigit = classOf(text.charCodeAt(start)) === DIGIT;
  if (startsWithDigit && colons >= 1 && letters <= 2 && (classes & DASH) !== 0) return TIME;
  return WORD;
}

/** `name@place`. */
export function isEmail(text: string, start: number, end: number): boolean {
  const at = text.indexOf('@', start);
  return at > start && at < end - 1;
}

function isHost(text: string, start: number, end: number): boolean {
  const dot = text.lastIndexOf('.', end - 1);
  const length = end - dot - 1;
  if (dot <= start || length < 2 || length > 11) return false;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    const ok = (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 45 || code === 46;
    if (!ok && code !== 95) return false;
  }
  return HOST_ENDINGS.has(text.slice(dot + 1, end));
}

function isHex(text: string, start: number, end: number): boolean {
  const prefixed = text.charCodeAt(start) === 48 && (text.charCodeAt(start + 1) | 32) === 120;
  const from = prefixed ? start + 2 : start;
  if (end === from || (!prefixed && end - from < HEX_CHARS)) return false;
  for (let i = from; i < end; i++) if (!isHexDigit(text.charCodeAt(i))) return false;
  return true;
}

function isNumberWithUnit(text: string, start: number, end: number): boolean {
  let i = start;
  const sign = text.charCodeAt(i);
  if (sign === 45 || sign === 43) i++;
  if (classOf(text.charCodeAt(i)) !== DIGIT) return false;
  while (i < end && (classOf(text.charCodeAt(i)) & (DIGIT | DOT)) !== 0) i++;
  if (end - i > UNIT_LETTERS) return false;
  for (; i < end; i++) {
    if (classOf(text.charCodeAt(i)) !== LETTER && text.charCodeAt(i) !== 47) return false;
  }
  return true;
}

function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}
