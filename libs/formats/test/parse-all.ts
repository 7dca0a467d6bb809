import type { Event } from '@suite/event';
import { createStreamParser, type Emit, type LineParser, type StreamParserOptions } from '../src/index.ts';

export interface Parsed {
  readonly ref: number;
  readonly text: string;
  readonly format: string;
  readonly event: Event | null;
}

/** All that a parser emits for the lines, flush included; refs count from 1. */
export function parseAll(lines: readonly string[], options: StreamParserOptions = {}): Parsed[] {
  const out: Parsed[] = [];
  const parser = createStreamParser(options);
  lines.forEach((line, index) => {
    parser.push(line, index + 1, collect(out));
  });
  parser.flush(collect(out));
  return out;
}

export function collect(out: Parsed[]): Emit<number> {
  return (ref, text, format, event) => out.push({ ref, text, format, event });
}

/** The same, but the parser is torn down and made again from its snapshot (as JSON) after every line. */
export function parseWithRestarts(lines: readonly string[], options: StreamParserOptions = {}): Parsed[] {
  const out: Parsed[] = [];
  let parser: LineParser = createStreamParser(options);
  lines.forEach((line, index) => {
    parser.push(line, index + 1, collect(out));
    parser = createStreamParser(options, JSON.parse(JSON.stringify(parser.snapshot())));
  });
  parser.flush(collect(out));
  return out;
}

/** The events alone, of one named format. */
export function eventsOf(format: string, lines: readonly string[], options: StreamParserOptions = {}) {
  return parseAll(lines, { ...options, format }).map((parsed) => parsed.event);
}
