/** Bins an e-fold: 12 % each. */
const RESOLUTION = 8;
/** Covers 10^±27; bin 0 is for zero itself. */
const BINS = 1024;
/** Readings are counted by the largest of so many in a row: what lasts for an hour is one event, not twelve. */
const BLOCK = 24;
/** The oldest history fades when it holds more readings than this: three months of five-minute ones. */
const MOST_READINGS = 26_000;
/** Before so many blocks there is no usual yet, and until there are the next number of them it is half known. */
const FEWEST_BLOCKS = 2;
const ENOUGH_BLOCKS = 10;
/** What is larger than all before is rarer by the logarithm of how much, up to here: 20 times as large. */
const MOST_BEYOND = 3;

/**
 * How rare a number is among the ones before it: the decimal logarithm of the return period, counted in blocks of 24
 * readings (extreme-value theory's block maxima). Beyond the largest seen it goes on by the logarithm of how far.
 * A histogram with logarithmic bins: 2 KiB, whatever the scale; half of it is forgotten every three months.
 */
export class Tail {
  readonly #counts = new Uint16Array(BINS);
  #blocks = 0;
  #top = 0;
  #largest = 0;
  #inBlock = 0;

  /** Judges `x` by what came before it, then counts it. @returns 0 for usual; 2 for once in a hundred blocks. */
  observe(x: number): number {
    const bin = binOf(x);
    const rarity = this.#blocks < FEWEST_BLOCKS ? 0 : this.#rarity(bin);
    this.#count(bin);
    return rarity;
  }

  #rarity(bin: number): number {
    let asLarge = 0.7;
    for (let i = bin; i <= this.#top; i++) asLarge += this.#counts[i]!;
    const beyond = bin > this.#top ? Math.min(MOST_BEYOND, (bin - this.#top) / RESOLUTION) : 0;
    const rarity = Math.max(0, Math.log10((this.#blocks + 1) / asLarge) + beyond);
    return rarity * Math.min(1, this.#blocks / ENOUGH_BLOCKS);
  }

  #count(bin: number): void {
    if (bin > this.#largest) this.#largest = bin;
    this.#inBlock += 1;
    if (this.#inBlock < BLOCK) return;
    this.#counts[this.#largest]! += 1;
    this.#blocks += 1;
    if (this.#largest > this.#top) this.#top = this.#largest;
    this.#largest = 0;
    this.#inBlock = 0;
    if (this.#blocks * BLOCK > MOST_READINGS) this.#fade();
  }

  #fade(): void {
    this.#blocks = 0;
    this.#top = 0;
    for (let i = 0; i < BINS; i++) {
      const kept = this.#counts[i]! >> 1;
      this.#counts[i] = kept;
      this.#blocks += kept;
      if (kept > 0) this.#top = i;
    }
  }

  snapshot(): unknown {
    const counts: number[] = [];
    for (let i = 0; i < BINS; i++) if (this.#counts[i]! > 0) counts.push(i, this.#counts[i]!);
    return { counts, largest: this.#largest, inBlock: this.#inBlock };
  }

  restore(state: unknown): void {
    const { counts, largest, inBlock } = state as { counts: number[]; largest: number; inBlock: number };
    this.#counts.fill(0);
    this.#blocks = 0;
    this.#top = 0;
    for (let i = 0; i < counts.length; i += 2) {
      this.#counts[counts[i]!] = counts[i + 1]!;
      this.#blocks += counts[i + 1]!;
      this.#top = Math.max(this.#top, counts[i]!);
    }
    this.#largest = largest;
    this.#inBlock = inBlock;
  }
}

function binOf(x: number): number {
  if (!(x > 0)) return 0;
  return Math.min(BINS - 1, Math.max(1, Math.round(BINS / 2 + RESOLUTION * Math.log(x))));
}
