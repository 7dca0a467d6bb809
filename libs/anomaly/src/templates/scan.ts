import {
  AT,
  BACKSLASH,
  CLASSES,
  COLON,
  classOf,
  DASH,
  DELIMITER,
  DIGIT,
  DOT,
  LETTER,
  SIGN,
  SLASH,
  SPACE,
} from './character.ts';
import { isEmail, kindOfChunk, kindOfColons, kindOfFigures } from './classify.ts';
import * as K from './kind.ts';
import { findUser, isDate, isHostKey, isUnit } from './known-words.ts';

/** Positions that a message may have; what follows is not looked at. */
export const MOST_TOKENS = 64;
/** Characters that are looked at. */
const MOST_CHARS = 2_048;
const LONGEST_QUOTE_CHARS = 200;
/** Values in a row, with nothing but space between, beyond which a list is one of open length. */
const LIST_VALUES = 3;

const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;
const MASKED = 0x5bd1e995;
const HTTP_METHODS = /^(?:GET|POST|PUT|HEAD|DELETE|PATCH|OPTIONS|CONNECT|TRACE) /;

/**
 * Cuts a message into positions in one pass: words, and values masked by type. Holds the latest result in place, so
 * that a line allocates nothing.
 */
export class Scan {
  /** What a position must be to be the same as another: the word (or that it is a value) and the marks before it. */
  readonly hashes = new Int32Array(MOST_TOKENS);
  readonly kinds = new Uint8Array(MOST_TOKENS);
  readonly starts = new Int32Array(MOST_TOKENS);
  readonly ends = new Int32Array(MOST_TOKENS);
  count = 0;
  text = '';
  /** Of all positions with their kinds: messages of the same form share it. An integer of 53 bits. */
  key = 0;
  #marks = 0;
  #onlyMark = 0;

  run(text: string): void {
    this.text = text;
    this.count = 0;
    this.#marks = 0;
    this.#onlyMark = 0;
    const user = findUser(text);
    let userStart = user?.start ?? -1;
    const length = Math.min(text.length, MOST_CHARS);
    let i = 0;
    while (i < length && this.count < MOST_TOKENS) {
      const code = text.charCodeAt(i);
      const cls = code < 128 ? CLASSES[code]! : LETTER;
      if (i === userStart) {
        this.#push(K.USER, 0, i, user!.end);
        userStart = -1;
        i = user!.end;
      } else if (cls === SPACE) i++;
      else if (cls === DELIMITER) i = this.#delimiter(code, i, length);
      else i = this.#chunk(i, length);
    }
    this.#finish();
  }

  #delimiter(code: number, i: number, length: number): number {
    if (code === 34 || code === 39) {
      const after = this.#quote(code, i, length);
      if (after > 0) return after;
    }
    // `<1 sec` is as much a value as `00:02`.
    if (code === 60 && classOf(this.text.charCodeAt(i + 1)) === DIGIT) return i + 1;
    this.#mark(code);
    return i + 1;
  }

  #mark(code: number): void {
    this.#marks = Math.imul(this.#marks ^ code, PRIME) | 1;
    this.#onlyMark = this.#onlyMark === 0 || this.#onlyMark === code ? code : -1;
  }

  /** A quoted string is one position. @returns where it ends, or 0 where it is none. */
  #quote(code: number, i: number, length: number): number {
    const { text } = this;
    if (code === 39 && i > 0 && (classOf(text.charCodeAt(i - 1)) & (LETTER | DIGIT)) !== 0) return 0;
    const end = text.indexOf(code === 34 ? '"' : "'", i + 1);
    if (end <= i + 1 || end > Math.min(length, i + LONGEST_QUOTE_CHARS)) return 0;
    if (code === 39 && (classOf(text.charCodeAt(end + 1)) & (LETTER | DIGIT)) !== 0 && end + 1 < length)
      return 0;
    if (HTTP_METHODS.test(text.slice(i + 1, i + 9))) return 0;
    this.#mark(code);
    let hash = SEED;
    let hasDigit = false;
    for (let p = i + 1; p < end; p++) {
      const inner = text.charCodeAt(p);
      if (classOf(inner) === DIGIT) hasDigit = true;
      hash = Math.imul(hash ^ inner, PRIME);
    }
    this.#push(hasDigit ? K.STRING : K.WORD, hash, i + 1, end);
    return end + 1;
  }

  #chunk(start: number, length: number): number {
    const { text } = this;
    let i = start;
    let hash = SEED;
    let hashBefore = SEED;
    let classes = 0;
    let classesBefore = 0;
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      const cls = code < 128 ? CLASSES[code]! : LETTER;
      if ((cls & (SPACE | DELIMITER)) !== 0) break;
      hashBefore = hash;
      classesBefore = classes;
      hash = Math.imul(hash ^ code, PRIME);
      classes |= cls;
    }
    let end = i;
    const last = text.charCodeAt(end - 1);
    if ((last === 46 || last === 58) && end - 1 > start) {
      end--;
      hash = hashBefore;
      classes = classesBefore;
      while (end - 1 > start && (text.charCodeAt(end - 1) === 46 || text.charCodeAt(end - 1) === 58)) {
        end--;
        hash = this.#hashOf(start, end, false);
      }
    }
    if ((classes & ~(LETTER | DASH)) === 0) this.#word(hash, start, end);
    else i = this.#mixed(hash, classes, start, end, i, length);
    if (last === 58 && end < i) this.#mark(58);
    return i;
  }

  #word(hash: number, start: number, end: number): void {
    const { text, count } = this;
    if (count > 0) {
      const before = this.kinds[count - 1]!;
      if (before === K.NUMBER && this.#marks === 0 && isUnit(text, start, end)) {
        this.ends[count - 1] = end;
        return;
      }
      if (start > 0 && text.charCodeAt(start - 1) === 61 && this.#isHostKey()) {
        this.#push(K.HOST, 0, start, end);
        return;
      }
    }
    if (isDate(text, start, end)) this.#push(K.TIME, 0, start, end);
    else this.#push(K.WORD, hash, start, end);
  }

  #isHostKey(): boolean {
    const before = this.count - 1;
    return isHostKey(this.text, this.starts[before]!, this.ends[before]!);
  }

  /** A chunk with more than letters. @returns where scanning goes on: a path may run past the chunk's end. */
  #mixed(hash: number, classes: number, start: number, end: number, next: number, length: number): number {
    const { text } = this;
    const first = text.charCodeAt(start);
    if ((classes & COLON) !== 0 && (classes & SLASH) !== 0 && this.#isUrl(start, end)) {
      const to = this.#valueEnd(start, length);
      this.#push(K.URL, 0, start, to);
      return to;
    }
    if ((classes & LETTER) === 0) {
      if ((classes & DIGIT) !== 0) this.#push(kindOfFigures(text, start, end), 0, start, end);
      else this.#push(K.WORD, hash, start, end);
      return next;
    }
    const drive = (classes & BACKSLASH) !== 0 && text.charCodeAt(start + 1) === 58;
    if (
      drive ||
      (end - start > 1 && (first === 47 || (first === 126 && text.charCodeAt(start + 1) === 47)))
    ) {
      const to = this.#valueEnd(start, length);
      this.#push(K.PATH, 0, start, to);
      return to;
    }
    if ((classes & COLON) !== 0) {
      const kind = kindOfColons(text, start, end, classes);
      if (kind !== K.WORD) this.#push(kind, 0, start, end);
      else this.#pieces(start, end);
      return next;
    }
    this.#piece(hash, classes, start, end);
    return next;
  }

  #isUrl(start: number, end: number): boolean {
    const at = this.text.indexOf('://', start);
    return at > start && at < end;
  }

  /** Cuts at colons: `state:112`, `Class::method`. */
  #pieces(start: number, end: number): void {
    const { text } = this;
    let from = start;
    while (from < end) {
      let to = from;
      let hash = SEED;
      let classes = 0;
      for (; to < end; to++) {
        const code = text.charCodeAt(to);
        if (code === 58) break;
        hash = Math.imul(hash ^ code, PRIME);
        classes |= classOf(code);
      }
      if (to > from) {
        if ((classes & ~(LETTER | DASH)) === 0) this.#word(hash, from, to);
        else if ((classes & LETTER) === 0 && (classes & DIGIT) !== 0)
          this.#push(kindOfFigures(text, from, to), 0, from, to);
        else this.#piece(hash, classes, from, to);
      }
      if (to < end) this.#mark(58);
      from = to + 1;
    }
  }

  #piece(hash: number, classes: number, start: number, end: number): void {
    const { text } = this;
    if ((classes & AT) !== 0 && isEmail(text, start, end)) this.#push(K.EMAIL, 0, start, end);
    else {
      const kind = kindOfChunk(text, start, end, classes);
      if (kind === K.MIX) this.#push(kind, this.#hashOf(start, end, true), start, end);
      else if (kind === K.WORD && (classes & ~(LETTER | DASH | SLASH | DOT | SIGN)) === 0)
        this.#word(hash, start, end);
      else this.#push(kind, hash, start, end);
    }
  }

  /** Where a path or URL that begins at `start` ends: they may hold marks that end other chunks. */
  #valueEnd(start: number, length: number): number {
    const { text } = this;
    let i = start;
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code <= 32 || code === 34 || code === 39 || code === 44 || code === 59 || code === 62) break;
      if (code === 41 || code === 93 || code === 125 || code === 124) break;
    }
    while (i > start + 1 && (text.charCodeAt(i - 1) === 46 || text.charCodeAt(i - 1) === 58)) i--;
    return i;
  }

  #hashOf(start: number, end: number, leaveDigitsOut: boolean): number {
    let hash = SEED;
    for (let i = start; i < end; i++) {
      const code = this.text.charCodeAt(i);
      if (leaveDigitsOut && classOf(code) === DIGIT) {
        if (i === start || classOf(this.text.charCodeAt(i - 1)) !== DIGIT) hash = Math.imul(hash ^ 35, PRIME);
      } else hash = Math.imul(hash ^ code, PRIME);
    }
    return hash;
  }

  #push(kind: number, hash: number, start: number, end: number): void {
    const at = this.count;
    if (at >= MOST_TOKENS) return;
    if (kind >= K.FIRST_MASK && this.#isListGoingOn(at, kind, start)) {
      this.ends[at - 1] = end;
      this.#marks = 0;
      this.#onlyMark = 0;
      return;
    }
    const base = kind >= K.FIRST_MASK ? MASKED : hash;
    this.hashes[at] = Math.imul(base ^ this.#marks, 0x85ebca6b) ^ (base >>> 13);
    this.kinds[at] = kind;
    this.starts[at] = start;
    this.ends[at] = end;
    this.count = at + 1;
    this.#marks = 0;
    this.#onlyMark = 0;
  }

  /** `1,021`, `a1,b2,c3`, `5##7##9`, ids or addresses one after the other, more than three values in a row: one value. */
  #isListGoingOn(at: number, kind: number, start: number): boolean {
    const { kinds } = this;
    if (at === 0 || kinds[at - 1]! < K.FIRST_MASK) return false;
    const mark = this.#onlyMark;
    if (mark === 44 || mark === 35) return true;
    if (mark === 58) return this.text.charCodeAt(start - 1) === 58;
    if (mark !== 0) return false;
    if (kinds[at - 1] === kind && (kind === K.ID || kind === K.ADDRESS)) return true;
    if (at < LIST_VALUES) return false;
    for (let back = 1; back <= LIST_VALUES; back++) if (kinds[at - back]! < K.FIRST_MASK) return false;
    return true;
  }

  #finish(): void {
    let high = SEED;
    let low = 0x9e3779b9 | 0;
    for (let i = 0; i < this.count; i++) {
      const hash = this.hashes[i]! ^ Math.imul(this.kinds[i]! + 1, 0x27d4eb2f);
      high = Math.imul(high ^ hash, PRIME);
      high ^= high >>> 15;
      low = Math.imul(low ^ hash, 0xcc9e2d51 | 0);
      low ^= low >>> 16;
    }
    this.key = (high >>> 0) * 0x200000 + (low & 0x1fffff);
  }
}
