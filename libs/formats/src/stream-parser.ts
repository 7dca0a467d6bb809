import type { Event } from '@suite/event';
import {
  DECISION_THRESHOLD,
  detectAmong,
  EARLY_THRESHOLD,
  FOUR_LINES_THRESHOLD,
  SAMPLE_LINES,
} from './detect.ts';
import { NO_FORMAT } from './no-format.ts';
import type { Emit, Format, LineParser, ParserOptions, ParserState } from './port.ts';

/** Lines without an event, in a row, after which another format is looked for. */
const REDECIDE_LINES = 50;
/** Held lines are let go at this size, decided or not. */
const HELD_CHARS = 256 * 1024;
/** Longer lines are parsed, but not kept as evidence for another decision. */
const EVIDENCE_CHARS = 4 * 1024;
const LONGEST_PAUSE_LINES = 6400;

export interface AutoParserOptions extends ParserOptions {
  /**
   * `hold` (default): lines before the decision are held back, then parsed with it. `pass`: they are emitted
   * without an event at once, for callers that need one emission per push.
   */
  readonly undecided?: 'hold' | 'pass';
}

interface AutoState {
  readonly format: string | null;
  readonly inner: ParserState;
  readonly holding: boolean;
  readonly established: boolean;
  readonly held: readonly [string, unknown][];
  readonly recent: readonly string[];
  readonly pause: number;
  readonly pauseLeft: number;
}

/**
 * A parser that finds out the format by itself.
 *
 * - Holding: from the first line on, until a format reaches EARLY_THRESHOLD over all lines so far (from the
 *   fourth on FOUR_LINES_THRESHOLD), or until 200 lines, 256 KiB or a flush, when DECISION_THRESHOLD is enough.
 * - Decided: after 50 lines in a row without an event the format that claims those lines takes over.
 * - None: lines are emitted without an event. A flush within the first 200 lines keeps the sample growing, so
 *   that one odd line at a file's start costs little; later, windows of 50 lines are looked at, ever more
 *   rarely (up to 6,400 lines apart), so that a text file costs little.
 */
export class AutoParser implements LineParser {
  readonly #formats: readonly Format[];
  readonly #options: AutoParserOptions;
  #format: Format | null = null;
  #inner: LineParser | null = null;
  #holding: boolean;
  /** The sample at the start is used up. */
  #established = false;
  #held: [string, unknown][] = [];
  #heldChars = 0;
  /** Undecided: the sample. Decided: the last lines in a row that gave no event. */
  #recent: string[] = [];
  #pause = 0;
  #pauseLeft = 0;
  #outer: Emit<never> = ignore;

  constructor(formats: readonly Format[], options: AutoParserOptions, state?: ParserState) {
    this.#formats = formats;
    this.#options = options;
    this.#holding = options.undecided !== 'pass';
    if (state !== undefined && state !== null) this.#restore(state as AutoState);
  }

  push<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void {
    if (this.#inner !== null) this.#pushDecided(this.#inner, text, ref, emit);
    else if (this.#holding) this.#pushHolding(text, ref, emit);
    else this.#pushNone(text, ref, emit);
  }

  flush<Ref>(emit: Emit<Ref>, why: 'end' | 'pause' = 'end'): void {
    if (this.#inner === null && this.#holding && this.#held.length > 0)
      this.#decide(DECISION_THRESHOLD, emit, true);
    this.#inner?.flush(emit, why);
  }

  snapshot(): ParserState {
    const state: AutoState = {
      format: this.#format?.name ?? null,
      inner: this.#inner?.snapshot() ?? null,
      holding: this.#holding,
      established: this.#established,
      held: [...this.#held],
      recent: [...this.#recent],
      pause: this.#pause,
      pauseLeft: this.#pauseLeft,
    };
    return state;
  }

  #restore(state: AutoState): void {
    this.#holding = state.holding;
    this.#established = state.established;
    this.#held = state.held.map(([text, ref]) => [text, ref]);
    this.#heldChars = this.#held.reduce((sum, [text]) => sum + text.length, 0);
    this.#recent = [...state.recent];
    this.#pause = state.pause;
    this.#pauseLeft = state.pauseLeft;
    this.#format = this.#formats.find((format) => format.name === state.format) ?? null;
    this.#inner = this.#format?.create(this.#options, state.inner) ?? null;
  }

  #pushHolding<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void {
    this.#held.push([text, ref]);
    this.#heldChars += text.length;
    this.#recent.push(text);
    const lines = this.#held.length;
    const full = lines >= SAMPLE_LINES || this.#heldChars >= HELD_CHARS;
    if (full) this.#decide(DECISION_THRESHOLD, emit, true);
    else if (worthALook(lines)) this.#decide(lines < 4 ? EARLY_THRESHOLD : FOUR_LINES_THRESHOLD, emit, false);
  }

  /** Takes the best format if it reaches `threshold`; with `release`, lets the held lines go in any case. */
  #decide<Ref>(threshold: number, emit: Emit<Ref>, release: boolean): void {
    const { format, confidence } = detectAmong(this.#formats, this.#recent, this.#options);
    const taken = format !== null && confidence >= threshold;
    if (taken) this.#adopt(format);
    else if (!release) return;
    if (!taken) {
      this.#established = this.#recent.length >= SAMPLE_LINES || this.#heldChars >= HELD_CHARS;
      if (this.#established) this.#recent = [];
    }
    this.#holding = false;
    const held = this.#held as [string, Ref][];
    this.#held = [];
    this.#heldChars = 0;
    for (const [text, ref] of held) {
      if (this.#inner === null) emit(ref, text, NO_FORMAT, null);
      else this.#pushDecided(this.#inner, text, ref, emit);
    }
  }

  #pushNone<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void {
    if (this.#pauseLeft > 0) this.#pauseLeft -= 1;
    else if (text.length <= EVIDENCE_CHARS) this.#lookAgain(text);
    if (this.#inner === null) emit(ref, text, NO_FORMAT, null);
    else this.#pushDecided(this.#inner, text, ref, emit);
  }

  #lookAgain(text: string): void {
    const lines = this.#recent.push(text);
    const windowFull = lines >= (this.#established ? REDECIDE_LINES : SAMPLE_LINES);
    if (!windowFull && (this.#established || !worthALook(lines))) return;
    const { format, confidence } = detectAmong(this.#formats, this.#recent, this.#options);
    const threshold = lines === 1 ? EARLY_THRESHOLD : DECISION_THRESHOLD;
    if (format !== null && confidence >= threshold) {
      this.#adopt(format);
    } else if (windowFull) {
      this.#recent = [];
      if (this.#established) this.#pause = Math.min(LONGEST_PAUSE_LINES, this.#pause * 2 || REDECIDE_LINES);
      this.#pauseLeft = this.#pause;
      this.#established = true;
    }
  }

  #adopt(format: Format): void {
    this.#format = format;
    this.#inner = format.create(this.#options);
    this.#recent = [];
    this.#holding = false;
    this.#established = true;
    this.#pause = 0;
    this.#pauseLeft = 0;
  }

  #pushDecided<Ref>(inner: LineParser, text: string, ref: Ref, emit: Emit<Ref>): void {
    this.#outer = emit as Emit<never>;
    inner.push(text, ref, this.#watch as Emit<unknown>);
    this.#outer = ignore;
    if (this.#recent.length < REDECIDE_LINES) return;
    const { format } = detectAmong(this.#formats, this.#recent, this.#options);
    this.#recent = [];
    if (format === null || format.name === this.#format?.name) return;
    inner.flush(emit);
    this.#adopt(format);
  }

  readonly #watch = (ref: never, text: string, format: string, event: Event | null): void => {
    if (event !== null) {
      if (this.#recent.length > 0) this.#recent = [];
    } else if (text.length <= EVIDENCE_CHARS) {
      this.#recent.push(text);
    }
    this.#outer(ref, text, format, event);
  };
}

/** Each of the first eight lines, then at powers of two: early, yet linear in all. */
function worthALook(lines: number): boolean {
  return lines <= 8 || (lines & (lines - 1)) === 0;
}

function ignore(): void {}
