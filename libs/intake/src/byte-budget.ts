/** Bytes that all requests together may hold in memory at a time. */
export class ByteBudget {
  private readonly maxBytes: number;
  private readonly onChange: (usedBytes: number) => void;
  private used = 0;

  constructor(maxBytes: number, onChange: (usedBytes: number) => void) {
    this.maxBytes = maxBytes;
    this.onChange = onChange;
  }

  /** False, and nothing is taken, when it would pass the limit. */
  take(bytes: number): boolean {
    if (this.used + bytes > this.maxBytes) return false;
    this.used += bytes;
    this.onChange(this.used);
    return true;
  }

  give(bytes: number): void {
    this.used -= bytes;
    this.onChange(this.used);
  }
}

/** Lets a bounded number of tasks run at a time; the others wait in order. */
export class Gate {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(places: number) {
    this.free = places;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }
}
