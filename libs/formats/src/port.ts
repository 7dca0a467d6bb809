import type { Event } from '@suite/event';

/**
 * A log format: raw lines in, normalised events out. Pure: no clock, no file system, no network.
 *
 * The rule above all others: never a wrong event rather than none. A line that a parser does not fully
 * understand gets the frame's fields and `event.action: 'log_message'`, or null where not even the frame holds.
 */
export interface Format {
  /** As `--format NAME` and as `format` in output: `syslog`, `nginx`, `bash-history`, … */
  readonly name: string;
  /** One line for `--help` and docs/formats.md. */
  readonly title: string;
  /** How lines are to be decoded before `push` (see decode.ts). Default `utf-8`. */
  readonly encoding?: 'utf-8' | 'binary';
  /**
   * How sure this format is that the sample is its own, 0 to 1: the share of lines that it parses, lowered
   * where a line could as well be something else. Called with up to 200 lines from the start of a file.
   */
  confidence(sample: readonly string[], hints: FormatHints): number;
  create(options: ParserOptions, state?: ParserState): LineParser;
}

/** What is known of a file besides its content. */
export interface FormatHints {
  /** `log.file.path`. */
  readonly path?: string;
}

export interface ParserOptions extends FormatHints {
  /**
   * The year (RFC 3164 has none), or a time near which the lines were written (integer microseconds: file's
   * mtime, or time of observation): the year is chosen so that time stamps grow and come closest to it.
   */
  readonly year?: number;
  readonly nearUs?: number;
  /** Minutes east of UTC of time stamps without a zone. Default 0 (UTC). */
  readonly utcOffsetMinutes?: number;
  /** Owner of a shell history. */
  readonly user?: string;
}

/** JSON-serialisable: it is kept with the journal position so that a restart goes on mid-entry. */
export type ParserState = unknown;

/** Called once per line that was pushed, in order of `ref`. */
export type Emit<Ref> = (ref: Ref, text: string, format: string, event: Event | null) => void;

/**
 * A parser of one stream, with whatever state the format needs (year, repeat count, an open multi-line entry).
 */
export interface LineParser {
  /**
   * One physical line without its terminator, bytes decoded as latin1 or UTF-8 by the caller's choice (see decode.ts).
   * Emits now, or later when the line may be part of a multi-line entry. An entry of several lines is emitted
   * under the ref of its first line with the whole text joined by `\n`; its other lines are not emitted.
   * Never throws, whatever the line holds; takes time linear in its length.
   * @param ref anything of the caller's: comes back with the event.
   */
  push<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void;
  /**
   * Emits what is held back. Idempotent. With `pause` (the end of a batch: the writer may go on) an entry that says of
   * itself that it is unfinished is kept, e.g. a container's partial line; with `end` nothing is.
   */
  flush<Ref>(emit: Emit<Ref>, why?: 'end' | 'pause'): void;
  /** State between two pushes; refs that are held back must survive JSON. */
  snapshot(): ParserState;
}
