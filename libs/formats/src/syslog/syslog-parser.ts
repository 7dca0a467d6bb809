import type { Event } from '@suite/event';
import type { Emit, LineParser, ParserOptions, ParserState } from '../port.ts';
import { Conversations, converses, type Speaker } from './conversations.ts';
import { parseMessage } from './parse-message.ts';
import { type Clock, readFrame } from './read-frame.ts';
import { type LastEvent, LastEvents, readRepetition } from './repeated.ts';
import { YearSolver, type YearState } from './year.ts';

interface SyslogState {
  readonly year: YearState | null;
  readonly last: readonly (readonly [string, LastEvent])[];
  /** Absent in snapshots of earlier versions. */
  readonly speakers?: readonly (readonly [string, Speaker])[];
}

/** Every line is an event of its own, emitted at once. */
export class SyslogParser implements LineParser {
  readonly #clock: Clock;
  readonly #last: LastEvents;
  readonly #conversations: Conversations;

  constructor(options: ParserOptions, state?: ParserState) {
    const from = isState(state) ? state : null;
    this.#clock = {
      years: new YearSolver(options, from?.year ?? null),
      utcOffsetMinutes: options.utcOffsetMinutes ?? 0,
    };
    this.#last = new LastEvents(from?.last);
    this.#conversations = new Conversations(from?.speakers);
  }

  push<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void {
    const frame = readFrame(trimmed(text), this.#clock);
    if (frame === null) {
      emit(ref, text, 'none', null);
      return;
    }
    const event: Event = {};
    const c = frame.message.charCodeAt(0);
    const repetition = c === 108 || c === 109 ? readRepetition(frame.message) : null;
    if (repetition === null) {
      let format = parseMessage(frame, event);
      if (converses(frame.program)) format = this.#conversations.read(frame, event) ?? format;
      this.#last.remember(frame.host ?? '', format, event);
      emit(ref, text, format, event);
      return;
    }
    const logged = frame.message;
    let format = 'syslog';
    if (repetition.message !== null) {
      format = parseMessage({ ...frame, message: repetition.message }, event);
    } else {
      const last = this.#last.recall(frame);
      format = last === null ? parseMessage(frame, event) : last.format;
      if (last !== null) Object.assign(event, last.event);
      if (frame.timeUs !== undefined) event.timeUs = frame.timeUs;
    }
    event['event.count'] = repetition.count;
    event.message = logged;
    emit(ref, text, format, event);
  }

  flush(): void {}

  snapshot(): ParserState {
    return {
      year: this.#clock.years.state,
      last: this.#last.entries(),
      speakers: this.#conversations.entries(),
    } satisfies SyslogState;
  }
}

/**
 * Files that came by way of Windows, and relays that pass on a C string's end, leave CR and NUL behind; a file
 * that was truncated under its writer has a run of NUL in front.
 */
function trimmed(text: string): string {
  let start = 0;
  while (text.charCodeAt(start) === 0) start++;
  let end = text.length;
  for (let c = text.charCodeAt(end - 1); end > start && (c === 13 || c === 0 || c === 10); ) {
    c = text.charCodeAt(--end - 1);
  }
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isState(state: ParserState): state is SyslogState {
  return (
    typeof state === 'object' &&
    state !== null &&
    'year' in state &&
    'last' in state &&
    Array.isArray(state.last)
  );
}
