import type { DetectionEngine, Report } from '@suite/detection';
import { type Event, type LogRecord, type Origin, type SourceKind, streamHash } from '@suite/event';
import type { Emit, LineParser } from '@suite/formats';
import type { LineRef } from './stream-parsers.ts';

/** A stream's identity and what all its lines share. */
export interface StreamOrigin {
  readonly agent: string;
  readonly host: string;
  readonly kind: SourceKind;
  readonly path: string;
  readonly stream: string;
}

export interface LineStageOptions {
  /** Null leaves detection out. */
  readonly engine: DetectionEngine | null;
  onRecord(record: LogRecord): void;
  readonly onDetection: Report;
}

/**
 * The middle of the pipeline, the same for live batches and replays: a line of a stream in, parsed; a record out,
 * after the detectors have seen it.
 */
export class LineStage {
  readonly #options: LineStageOptions;

  constructor(options: LineStageOptions) {
    this.#options = options;
  }

  /** A function that takes lines of one stream. */
  stream(origin: StreamOrigin, parser: LineParser): StreamLines {
    const { engine, onRecord, onDetection } = this.#options;
    const prefix = streamHash(origin.agent, origin.stream);
    const emit: Emit<LineRef> = (ref, text, format, event) => {
      const record = toRecord(origin, prefix, ref, text, format, withTold(event, text, ref));
      engine?.observe(record, onDetection);
      onRecord(record);
    };
    return {
      push: (text, ref) => parser.push(text, ref, emit),
      flush: (why) => parser.flush(emit, why),
    };
  }
}

export interface StreamLines {
  push(text: string, ref: LineRef): void;
  /** The writer paused: lets go what a parser holds back to see whether an entry goes on. */
  flush(why: 'end' | 'pause'): void;
}

/** The event with what the sender said of it; the text's own meaning wins. */
function withTold(event: Event | null, text: string, { told }: LineRef): Event | null {
  if (!told) return event;
  const merged: Event = { ...(event ?? { 'event.action': 'log_message', message: text }), ...told.fields };
  if (merged.timeUs === undefined && told.timeUs !== undefined) merged.timeUs = told.timeUs;
  return merged;
}

function toRecord(
  stream: StreamOrigin,
  prefix: string,
  ref: LineRef,
  raw: string,
  format: string,
  event: Event | null,
): LogRecord {
  const origin: Origin =
    ref.line === undefined
      ? { ...stream, offset: ref.offset }
      : { ...stream, offset: ref.offset, line: ref.line };
  return {
    id: prefix + ref.offset.toString(16).padStart(12, '0'),
    origin,
    raw,
    format,
    timeUs: event?.timeUs ?? ref.observedUs,
    observedUs: ref.observedUs,
    event,
  };
}
