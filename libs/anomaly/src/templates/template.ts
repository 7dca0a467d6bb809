import { createHash } from 'node:crypto';
import { ANY, FIRST_MASK, MASK_TEXTS } from './kind.ts';
import type { Scan } from './scan.ts';

/** Longer texts of templates are cut: they are for people. */
const TEXT_CHARS = 600;

/** One kind of message. */
export interface Template {
  /** 12 hexadecimal characters of the hash of its first form: stays while the template generalises. */
  readonly id: string;
  /** Messages so far. */
  readonly count: number;
  /** Constants as logged, values by type: `Failed password for <user> from <ip> port <num> ssh2`. */
  readonly text: string;
  /** The same with `<*>` for every value. */
  readonly starred: string;
}

/** A template as the miner keeps it. */
export class Form implements Template {
  readonly id: string;
  readonly hashes: Int32Array;
  readonly kinds: Uint8Array;
  /** Text between positions: one more than there are positions. */
  readonly gaps: string[];
  readonly words: string[];
  /** Positions that had words at first. */
  readonly constants: number;
  /** A bit for each of them, by word and position: forms without a common bit have no word in common. */
  readonly signature: number;
  count = 0;
  /** Of late: halved whenever the miner forgets, so that old fame fades. */
  weight = 0;
  firstSeq: number;
  lastSeq: number;
  /** The template that took this one in. */
  into: Form | null = null;
  forgotten = false;

  constructor(parts: FormParts) {
    this.id = parts.id;
    this.hashes = parts.hashes;
    this.kinds = parts.kinds;
    this.gaps = parts.gaps;
    this.words = parts.words;
    this.firstSeq = parts.firstSeq;
    this.lastSeq = parts.firstSeq;
    let constants = 0;
    let signature = 0;
    parts.kinds.forEach((kind, i) => {
      if (kind >= FIRST_MASK) return;
      constants++;
      signature |= 1 << (Math.imul(parts.hashes[i]! + i, 0x9e3779b1) >>> 27);
    });
    this.constants = constants;
    this.signature = signature;
  }

  get text(): string {
    return this.#render((kind) => MASK_TEXTS[kind]!);
  }

  get starred(): string {
    return this.#render(() => '<*>');
  }

  #render(mask: (kind: number) => string): string {
    return render(this.kinds, this.gaps, this.words, mask);
  }
}

export interface FormParts {
  readonly id: string;
  readonly hashes: Int32Array;
  readonly kinds: Uint8Array;
  readonly gaps: string[];
  readonly words: string[];
  readonly firstSeq: number;
}

/** The form of the message that `scan` holds. */
export function formOf(scan: Scan, seq: number): Form {
  const { count, text } = scan;
  const gaps: string[] = [];
  const words: string[] = [];
  let at = 0;
  let room = TEXT_CHARS;
  const take = (from: number, to: number) => {
    // Copied: a slice would keep the whole line in memory.
    const part = Buffer.from(text.slice(from, Math.min(to, from + room))).toString();
    room -= part.length;
    return part;
  };
  for (let i = 0; i < count; i++) {
    const start = scan.starts[i]!;
    const end = scan.ends[i]!;
    gaps.push(take(at, start));
    words.push(scan.kinds[i]! < FIRST_MASK ? take(start, end) : '');
    at = end;
  }
  gaps.push(take(at, Math.min(text.length, at + TEXT_CHARS)));
  const kinds = scan.kinds.slice(0, count);
  const first = render(kinds, gaps, words, () => '<*>');
  const id = createHash('sha256').update(first).digest('hex').slice(0, 12);
  return new Form({ id, hashes: scan.hashes.slice(0, count), kinds, gaps, words, firstSeq: seq });
}

/** A form as JSON keeps it. */
export type FormState = readonly [
  id: string,
  hashes: readonly number[],
  kinds: readonly number[],
  gaps: string[],
  words: string[],
  count: number,
  weight: number,
  firstSeq: number,
  lastSeq: number,
];

export function stateOf(form: Form): FormState {
  const { id, hashes, kinds, gaps, words, count, weight, firstSeq, lastSeq } = form;
  return [id, [...hashes], [...kinds], [...gaps], [...words], count, weight, firstSeq, lastSeq];
}

export function formFrom(state: FormState): Form {
  const [id, hashes, kinds, gaps, words, count, weight, firstSeq, lastSeq] = state;
  const form = new Form({
    id,
    hashes: Int32Array.from(hashes),
    kinds: Uint8Array.from(kinds),
    gaps,
    words,
    firstSeq,
  });
  form.count = count;
  form.weight = weight;
  form.lastSeq = lastSeq;
  return form;
}

/** Makes a position vary. */
export function widen(form: Form, position: number): void {
  form.kinds[position] = ANY;
}

function render(
  kinds: Uint8Array,
  gaps: readonly string[],
  words: readonly string[],
  mask: (kind: number) => string,
): string {
  const parts: string[] = [];
  for (let i = 0; i < kinds.length; i++) {
    parts.push(gaps[i]!, kinds[i]! >= FIRST_MASK ? mask(kinds[i]!) : words[i]!);
  }
  parts.push(gaps[kinds.length]!);
  return parts.join('').trim();
}
