import { type Detected, detectAmong } from './detect.ts';
import type { FormatHints, LineParser, ParserOptions, ParserState } from './port.ts';
import { FORMATS, formatByName } from './registry.ts';
import { AutoParser } from './stream-parser.ts';

export { decodeLine, type LineEncoding } from './decode.ts';
export {
  DECISION_THRESHOLD,
  type Detected,
  EARLY_THRESHOLD,
  FOUR_LINES_THRESHOLD,
  SAMPLE_LINES,
} from './detect.ts';
export { NO_FORMAT } from './no-format.ts';
export type { Emit, Format, FormatHints, LineParser, ParserOptions, ParserState } from './port.ts';
export { FORMATS, formatByName } from './registry.ts';

/** Which format a sample (up to 200 lines from a file's start) is written in; see detect.ts for the threshold. */
export function detectFormat(sample: readonly string[], hints: FormatHints = {}): Detected {
  return detectAmong(FORMATS, sample, hints);
}

export interface StreamParserOptions extends ParserOptions {
  /** A format's name, or `auto` (default): find it out. A named format is never left for another. */
  readonly format?: string;
}

/**
 * The parser of one stream.
 *
 * @param state what `snapshot()` of the parser before gave, with the same options.
 * @throws RangeError for a format that does not exist.
 */
export function createStreamParser(options: StreamParserOptions = {}, state?: ParserState): LineParser {
  const { format: name = 'auto', ...rest } = options;
  if (name === 'auto') return new AutoParser(FORMATS, rest, state);
  const format = formatByName(name);
  if (format === undefined) {
    throw new RangeError(`unknown format '${name}'; known: auto, ${FORMATS.map((f) => f.name).join(', ')}`);
  }
  return format.create(rest, state);
}
