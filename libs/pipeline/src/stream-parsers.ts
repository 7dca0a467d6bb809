import type { LineParser, ParserOptions } from '@suite/formats';
import { createStreamParser, formatByName } from '@suite/formats';

/** What the parser hands back with an event: where the line stands. JSON-serialisable, since it may be held back. */
export interface LineRef {
  readonly offset: number;
  readonly observedUs: number;
  readonly line?: number;
  /** What an OpenTelemetry sender said beside the text: time and attributes, the latter as `otel.NAME`. */
  readonly told?: {
    readonly timeUs?: number;
    readonly fields: Readonly<Record<string, string | number | boolean>>;
  };
}

export interface ParserChoice extends ParserOptions {
  /** Format name, when the source knows; else it is detected. */
  readonly format?: string;
}

interface Kept {
  readonly choice: ParserChoice;
  readonly parser: LineParser;
}

const STREAMS = 4_096;

/**
 * One parser per stream, with its state. Keeps 4,096; the stream that was quiet longest is forgotten first (it is
 * detected anew when it speaks again, an entry it had open is lost to parsing, not to storage).
 */
export class StreamParsers {
  readonly #kept = new Map<string, Kept>();

  /** The stream's parser, made at its first line. */
  of(key: string, choice: () => ParserChoice): LineParser {
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.parser;
    }
    const options = choice();
    const parser = makeParser(options);
    this.#kept.set(key, { choice: options, parser });
    if (this.#kept.size > STREAMS) this.#kept.delete(this.#kept.keys().next().value!);
    return parser;
  }

  snapshot(): unknown {
    return [...this.#kept].map(([key, { choice, parser }]) => [key, choice, parser.snapshot()]);
  }

  restore(state: unknown): void {
    this.#kept.clear();
    if (!Array.isArray(state)) return;
    for (const [key, choice, inner] of state as [string, ParserChoice, unknown][]) {
      this.#kept.set(key, { choice, parser: makeParser(choice, inner) });
    }
  }
}

/** A format that this version does not know (a newer agent's) is detected instead. */
export function makeParser(choice: ParserChoice, state?: unknown): LineParser {
  const { format = 'auto', ...rest } = choice;
  const isKnown = format !== 'auto' && formatByName(format) !== undefined;
  return createStreamParser(isKnown ? choice : rest, state);
}
