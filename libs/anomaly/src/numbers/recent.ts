/** The last readings in single precision, newest first by `back`. Each takes 4 bytes; the oldest is overwritten. */
export class Recent {
  readonly #values: Float32Array;
  #next = 0;
  #count = 0;

  constructor(capacity: number) {
    this.#values = new Float32Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** `back(0)` is the newest; undefined behaviour past `count`. */
  back(steps: number): number {
    const at = this.#next - 1 - steps;
    return this.#values[at < 0 ? at + this.#values.length : at]!;
  }

  push(value: number): void {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#values.length;
    if (this.#count < this.#values.length) this.#count += 1;
  }

  /** Bit for bit, as base64 of little-endian single precision numbers, oldest first. */
  snapshot(): unknown {
    const bytes = Buffer.alloc(this.#count * 4);
    for (let i = 0; i < this.#count; i++) bytes.writeFloatLE(this.back(this.#count - 1 - i), i * 4);
    return bytes.toString('base64');
  }

  restore(state: unknown): void {
    const bytes = Buffer.from(state as string, 'base64');
    this.#next = 0;
    this.#count = 0;
    for (let at = 0; at + 4 <= bytes.length; at += 4) this.push(bytes.readFloatLE(at));
  }
}
