import type { Event } from '@suite/event';
import { formatOf } from './no-format.ts';
import type { Emit, Format, FormatHints, LineParser, ParserOptions } from './port.ts';

/** What a format whose lines stand alone has to say; `lineFormat` makes a Format of it. */
export interface LineFormat {
  readonly name: string;
  readonly title: string;
  /** How sure one non-blank line is this format's, 0 to 1. Confidence of a sample is the mean. */
  claim(text: string, hints: FormatHints): number;
  /** What the line means, or null. Must not throw and must take time linear in the line's length. */
  parse(text: string, options: ParserOptions): Event | null;
}

/** A Format without state: each line is emitted as it is pushed. */
export function lineFormat(spec: LineFormat): Format {
  return {
    name: spec.name,
    title: spec.title,
    confidence: (sample, hints) => meanClaim(sample, (text) => spec.claim(text, hints)),
    create: (options) => new StatelessParser(spec, options),
  };
}

/** The mean of `claim` over the lines that are not blank; 0 for a sample of blank lines. */
export function meanClaim(sample: readonly string[], claim: (text: string) => number): number {
  let sum = 0;
  let lines = 0;
  for (const text of sample) {
    if (text === '' || text === '\r') continue;
    lines += 1;
    sum += claim(text);
  }
  return lines === 0 ? 0 : sum / lines;
}

class StatelessParser implements LineParser {
  readonly #spec: LineFormat;
  readonly #options: ParserOptions;

  constructor(spec: LineFormat, options: ParserOptions) {
    this.#spec = spec;
    this.#options = options;
  }

  push<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void {
    const event = this.#spec.parse(text, this.#options);
    emit(ref, text, formatOf(this.#spec.name, event), event);
  }

  flush(): void {}

  snapshot(): null {
    return null;
  }
}
