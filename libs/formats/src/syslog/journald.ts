import type { Event } from '@suite/event';
import type { Emit, Format, LineParser, ParserState } from '../port.ts';
import { Conversations, converses, type Speaker } from './conversations.ts';
import type { Frame } from './frame.ts';
import { parseMessage } from './parse-message.ts';

type Entry = Readonly<Record<string, unknown>>;

/** One line of `journalctl -o json`. */
class JournaldParser implements LineParser {
  readonly #conversations: Conversations;

  constructor(state?: ParserState) {
    this.#conversations = new Conversations(
      (state as { speakers?: [string, Speaker][] } | null | undefined)?.speakers,
    );
  }

  push<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void {
    const entry = readEntry(text);
    if (entry === null) {
      emit(ref, text, 'none', null);
      return;
    }
    const event: Event = {};
    const frame = frameOf(entry);
    let format = parseMessage(frame, event);
    if (converses(frame.program)) format = this.#conversations.read(frame, event) ?? format;
    const unit = field(entry, '_SYSTEMD_UNIT') ?? field(entry, 'UNIT');
    if (unit !== undefined && event['service.name'] === undefined) event['service.name'] = unit;
    const container = field(entry, 'CONTAINER_ID_FULL') ?? field(entry, 'CONTAINER_ID');
    if (container !== undefined) event['container.id'] = container;
    emit(ref, text, format === 'syslog' ? 'journald' : format, event);
  }

  flush(): void {}

  snapshot(): ParserState {
    const speakers = this.#conversations.entries();
    return speakers.length === 0 ? null : { speakers };
  }
}

function readEntry(text: string): Entry | null {
  if (text.charCodeAt(0) !== 123) return null;
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return null;
  return '__REALTIME_TIMESTAMP' in entry || '__CURSOR' in entry ? (entry as Entry) : null;
}

function frameOf(entry: Entry): Frame {
  const frame: Frame = { message: field(entry, 'MESSAGE') ?? '' };
  // The writer's own time, where the journal kept it, may be wrong; the journal's is monotonic per boot.
  const timeUs = Number(field(entry, '__REALTIME_TIMESTAMP') ?? Number.NaN);
  if (Number.isSafeInteger(timeUs) && timeUs > 0) frame.timeUs = timeUs;
  const host = field(entry, '_HOSTNAME');
  if (host !== undefined) frame.host = host;
  const program = field(entry, 'SYSLOG_IDENTIFIER') ?? field(entry, '_COMM');
  if (program !== undefined) frame.program = program;
  const pid = Number(field(entry, 'SYSLOG_PID') ?? field(entry, '_PID') ?? Number.NaN);
  if (Number.isSafeInteger(pid) && pid >= 0) frame.pid = pid;
  const severity = Number(field(entry, 'PRIORITY') ?? Number.NaN);
  if (severity >= 0 && severity <= 7) frame.severity = severity;
  const facility = Number(field(entry, 'SYSLOG_FACILITY') ?? Number.NaN);
  if (facility >= 0 && facility <= 23) frame.facility = facility;
  return frame;
}

/** A field's value: a string, an array of bytes where it is no UTF-8, or an array of values (the first counts). */
function field(entry: Entry, name: string): string | undefined {
  const value = entry[name];
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)) {
    return Buffer.from(value).toString('utf8');
  }
  const first = value[0];
  if (typeof first === 'string') return first;
  return Array.isArray(first) ? field({ first }, 'first') : undefined;
}

/** `journalctl -o json`, one entry a line. */
export const journaldFormat: Format = {
  name: 'journald',
  title: 'journalctl -o json',
  confidence(sample) {
    if (sample.length === 0) return 0;
    return sample.filter((line) => readEntry(line) !== null).length / sample.length;
  },
  create: (_options, state) => new JournaldParser(state),
};
