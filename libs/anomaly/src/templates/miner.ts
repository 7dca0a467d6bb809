import { Difference, varies } from './alike.ts';
import { FIRST_MASK } from './kind.ts';
import { RecentKeys } from './recent-keys.ts';
import { Scan } from './scan.ts';
import {
  Form,
  type FormParts,
  type FormState,
  formFrom,
  formOf,
  stateOf,
  type Template,
  widen,
} from './template.ts';

interface Alike {
  readonly known: Form;
  readonly words: number;
  readonly wordCount: number;
}

export interface MinerOptions {
  /** Templates that have proven themselves, kept at most. Default 3,072. */
  readonly established?: number;
  /** Templates on probation, kept at most. Default 512. */
  readonly probation?: number;
  /** A template was found to be another's: its id will not be given again. */
  onMerged?(from: Template, into: Template): void;
}

/** What terminals take as colours. */
const COLOURS = /\u001b\[[\d;]{0,20}m/g;
/** Messages that end a template's probation. */
const PROVEN_COUNT = 16;
/** Share of a class that is forgotten at once when it is full. */
const FORGET_SHARE = 4;

/**
 * Finds the kinds of messages in a stream of them, after Drain (He et al., ICWS 2017) with three differences: values
 * are masked by type first; a word varies once it was seen with more than a few others in its place, rather than when
 * half of the message is the same; and a message whose form was seen is found by a hash of its form.
 *
 * Bounded: 3,072 templates that were seen at least 16 times and 512 on probation. Of those on probation the ones
 * that were quiet longest are forgotten first, of the others the ones seen least of late: a flood of messages that
 * are all different pushes out only its own kind. Deterministic: the same messages give the same ids.
 */
export class TemplateMiner {
  readonly #establishedLimit: number;
  readonly #probationLimit: number;
  readonly #onMerged: ((from: Template, into: Template) => void) | undefined;
  readonly #scan = new Scan();
  readonly #difference = new Difference();
  readonly #alike: Alike[] = [];
  #recent = new RecentKeys<Form>();
  #byLength = new Map<number, Form[]>();
  #seq = 0;
  #established = 0;
  #probation = 0;

  constructor(options: MinerOptions = {}) {
    this.#establishedLimit = options.established ?? 3_072;
    this.#probationLimit = options.probation ?? 512;
    this.#onMerged = options.onMerged;
  }

  /** Templates kept. */
  get size(): number {
    return this.#established + this.#probation;
  }

  /**
   * The template of a message (without its frame of time, host and program). Takes time linear in its length, of which
   * 2,048 characters and 64 words are looked at.
   */
  mine(message: string): Template {
    const scan = this.#scan;
    scan.run(message.includes('\u001b') ? message.replace(COLOURS, '') : message);
    this.#seq += 1;
    const known = this.#recent.get(scan.key);
    const root = known === undefined ? null : rootOf(known);
    const form = root !== null && !root.forgotten ? root : this.#find();
    form.lastSeq = this.#seq;
    form.count += 1;
    form.weight += 1;
    if (form.count === PROVEN_COUNT && !form.forgotten) this.#prove(form);
    return form;
  }

  /** What a template that was handed out earlier has become. */
  current(template: Template): Template {
    return rootOf(template as Form);
  }

  *templates(): IterableIterator<Template> {
    for (const forms of this.#byLength.values()) yield* forms;
  }

  snapshot(): unknown {
    const forms = [...this.#byLength.values()].flat();
    const index = new Map(forms.map((form, i) => [form, i]));
    return {
      seq: this.#seq,
      forms: forms.map(stateOf),
      recent: this.#recent.snapshot((form) => index.get(rootOf(form)) ?? -1),
    };
  }

  restore(state: unknown): void {
    const { seq, forms, recent } = state as { seq: number; forms: FormState[]; recent: unknown };
    this.#seq = seq;
    this.#byLength = new Map();
    this.#established = 0;
    this.#probation = 0;
    const all = forms.map(formFrom);
    for (const form of all) {
      if (form.count >= PROVEN_COUNT) this.#established += 1;
      else this.#probation += 1;
      this.#bucket(form.hashes.length).push(form);
    }
    this.#recent = new RecentKeys<Form>();
    const forgotten = new Form(NOTHING);
    forgotten.forgotten = true;
    this.#recent.restore(recent, (i) => all[i] ?? forgotten);
  }

  #bucket(length: number): Form[] {
    const known = this.#byLength.get(length);
    if (known !== undefined) return known;
    const bucket: Form[] = [];
    this.#byLength.set(length, bucket);
    return bucket;
  }

  /** For a form that was not seen lately: the template that it belongs to, or its own new one. */
  #find(): Form {
    const form = formOf(this.#scan, this.#seq);
    const bucket = this.#bucket(form.hashes.length);
    const found = this.#match(form, bucket) ?? this.#add(form, bucket);
    this.#recent.set(this.#scan.key, found);
    return found;
  }

  /** The template that the form belongs to; gathers on the way those that differ from it in a few words. */
  #match(form: Form, bucket: readonly Form[]): Form | null {
    const difference = this.#difference;
    let best: Form | null = null;
    let bestSame = -1;
    let bestValues = 0;
    this.#alike.length = 0;
    const { signature } = form;
    for (const known of bucket) {
      if (signature !== 0 && (known.signature & signature) === 0) continue;
      if (!difference.between(known, form)) continue;
      const { words, wordCount, values, valueCount, same } = difference;
      if (wordCount > 0) {
        if (valueCount === 0 && wordCount <= same) this.#alike.push({ known, words, wordCount });
        continue;
      }
      // A value in a word's place is the same message only where most of the rest is the same.
      if (valueCount > 0 && (same === 0 || valueCount > same)) continue;
      if (same < bestSame || (same === bestSame && best !== null && best.firstSeq < known.firstSeq)) continue;
      best = known;
      bestSame = same;
      bestValues = values;
    }
    if (best === null) return null;
    for (let i = 0; bestValues >>> i !== 0; i++) if ((bestValues >>> i) & 1) widen(best, i);
    for (let i = 0; i < form.kinds.length; i++) {
      const kind = best.kinds[i]!;
      if (kind >= FIRST_MASK && kind !== form.kinds[i]) widen(best, i);
    }
    return best;
  }

  #add(form: Form, bucket: Form[]): Form {
    const merged = this.#generalise(form);
    if (merged !== null) return merged;
    bucket.push(form);
    this.#probation += 1;
    if (this.#probation > this.#probationLimit) this.#forget(false, form);
    return form;
  }

  /** Whether, with the new form, words at some positions have become so many that they vary there. */
  #generalise(form: Form): Form | null {
    const alike = this.#alike;
    const sets = new Map<number, number>();
    for (const { words, wordCount } of alike) sets.set(words, wordCount);
    const ordered = [...sets].sort(([a, countA], [b, countB]) => countA - countB || a - b);
    for (const [positions, count] of ordered) {
      const family = alike.filter(({ words }) => (words & ~positions) === 0).map(({ known }) => known);
      const all = [...family, form];
      let every = true;
      for (let i = 0; positions >>> i !== 0 && every; i++) {
        if ((positions >>> i) & 1) every = varies(all, i, count);
      }
      if (every) return this.#merge(family, positions);
    }
    return null;
  }

  #merge(family: readonly Form[], positions: number): Form {
    const into = family.reduce((a, b) => (b.firstSeq < a.firstSeq ? b : a));
    for (const form of family) {
      for (let i = 0; i < into.kinds.length; i++) {
        if (into.kinds[i]! >= FIRST_MASK && into.kinds[i] !== form.kinds[i]) widen(into, i);
      }
    }
    for (let i = 0; positions >>> i !== 0; i++) if ((positions >>> i) & 1) widen(into, i);
    const wasProven = into.count >= PROVEN_COUNT;
    for (const form of family) {
      if (form === into) continue;
      this.#remove(form);
      form.into = into;
      into.count += form.count;
      into.weight += form.weight;
      this.#onMerged?.(form, into);
    }
    if (!wasProven && into.count >= PROVEN_COUNT) this.#prove(into);
    return into;
  }

  #prove(form: Form): void {
    this.#probation -= 1;
    this.#established += 1;
    if (this.#established > this.#establishedLimit) this.#forget(true, form);
  }

  #remove(form: Form): void {
    const bucket = this.#byLength.get(form.hashes.length)!;
    bucket.splice(bucket.indexOf(form), 1);
    if (form.count >= PROVEN_COUNT) this.#established -= 1;
    else this.#probation -= 1;
  }

  /** Forgets a quarter of a class. */
  #forget(established: boolean, spare: Form): void {
    const forms = [...this.#byLength.values()]
      .flat()
      .filter((form) => form.count >= PROVEN_COUNT === established && form !== spare);
    forms.sort((a, b) => (established ? a.weight - b.weight : 0) || a.lastSeq - b.lastSeq);
    const gone = new Set(forms.slice(0, Math.ceil(forms.length / FORGET_SHARE)));
    for (const form of gone) form.forgotten = true;
    for (const form of forms) form.weight = Math.floor(form.weight / 2);
    for (const [length, bucket] of this.#byLength) {
      const left = bucket.filter((form) => !gone.has(form));
      if (left.length === 0) this.#byLength.delete(length);
      else if (left.length < bucket.length) this.#byLength.set(length, left);
    }
    if (established) this.#established -= gone.size;
    else this.#probation -= gone.size;
  }
}

const NOTHING: FormParts = {
  id: '',
  hashes: new Int32Array(0),
  kinds: new Uint8Array(0),
  gaps: [''],
  words: [],
  firstSeq: 0,
};

function rootOf(form: Form): Form {
  let root = form;
  while (root.into !== null) root = root.into;
  if (root !== form) form.into = root;
  return root;
}
