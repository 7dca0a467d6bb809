import type { Event } from '@suite/event';
import { epochSeconds, monthNamed, parseIsoUs } from '../civil-time.ts';
import { lineFormat } from '../line-format.ts';
import type { Format, ParserOptions } from '../port.ts';
import type { MessageParser } from '../syslog/messages/message-parser.ts';

/** A file that a program writes itself: its own stamp, then the messages that it would give to syslog. */
export interface ServiceFile {
  readonly title: string;
  /**
   * What stands before the message, anchored. Groups `iso` (a stamp that parseIsoUs reads), `asctime`
   * (`Tue Jan  2 03:04:05 2024`) or `dmy` (`02-Jan-2024 03:04:05.123`, `02/Jan/2024:03:04:05.123`), `epoch` (seconds), `pid`.
   */
  readonly head: RegExp;
  readonly parser: MessageParser;
  /** Whether a line with such a head is this program's, where the head alone may be another's. */
  readonly own?: RegExp;
  /** Of one line; 0.97 where left out. */
  readonly weight?: number;
}

const HEAD_CHARS = 400;
const ANSI = /^(?:\u001b\[[\d;]{0,12}m)+/;

/** The Format of such a file, under the parser's name. */
export function serviceFile(file: ServiceFile): Format {
  const { parser, own, weight = 0.97 } = file;
  return lineFormat({
    name: parser.name,
    title: file.title,
    claim: (text) => {
      const read = readHead(file.head, text, {});
      return read !== null && (own === undefined || own.test(read.message.slice(0, HEAD_CHARS))) ? weight : 0;
    },
    parse: (text, options) => {
      const read = readHead(file.head, text, options);
      if (read === null) return null;
      const { event, message } = read;
      event['process.name'] = parser.name;
      event.message = message;
      if (!parser.parse(message, event, { message })) event['event.action'] = 'log_message';
      return event;
    },
  });
}

function readHead(
  head: RegExp,
  line: string,
  options: ParserOptions,
): { event: Event; message: string } | null {
  const coloured = line.charCodeAt(0) === 0x1b;
  const text = coloured ? line.replace(ANSI, '') : line;
  const match = head.exec(text.slice(0, HEAD_CHARS));
  if (match === null) return null;
  const event: Event = {};
  const { iso, asctime, dmy, epoch, pid } = match.groups ?? {};
  const timeUs =
    epoch !== undefined ? Number(epoch) * 1e6 : timeOf(iso, asctime, dmy, options.utcOffsetMinutes ?? 0);
  if (timeUs === null) return null;
  if (timeUs !== undefined) event.timeUs = timeUs;
  if (pid !== undefined) event['process.pid'] = Number(pid);
  return { event, message: withoutEnd(text.slice(match[0].length)) };
}

/** Undefined where the head names no date; null where it names one that does not exist. */
function timeOf(
  iso: string | undefined,
  asctime: string | undefined,
  dmy: string | undefined,
  utcOffsetMinutes: number,
): number | null | undefined {
  if (iso !== undefined) return parseIsoUs(asIso(iso), utcOffsetMinutes) ?? null;
  const m =
    asctime !== undefined
      ? /^[A-Z][a-z]{2} (?<mon>[A-Z][a-z]{2}) {1,2}(?<d>\d{1,2}) (?<t>\d\d:\d\d:\d\d)(?<f>) (?<y>\d{4})$/.exec(
          asctime,
        )
      : /^(?<d>\d{1,2})[-/ ](?<mon>[A-Z][a-z]{2})[-/ ](?<y>\d{4})[: ](?<t>\d\d:\d\d:\d\d)(?<f>\.\d{1,6})?$/.exec(
          dmy ?? '',
        );
  if (m === null) return dmy === undefined && asctime === undefined ? undefined : null;
  const { mon = '', d, t = '', y, f } = m.groups ?? {};
  const [hour, minute, second] = t.split(':').map(Number);
  const seconds = epochSeconds(
    Number(y),
    monthNamed(mon, 0),
    Number(d),
    hour ?? 99,
    minute ?? 99,
    second ?? 99,
  );
  if (seconds < 0) return null;
  return (seconds - utcOffsetMinutes * 60) * 1e6 + (f ? Math.round(Number(f) * 1e6) : 0);
}

/** `2024/01/02 …`, `2024.01.02 …`, `2024:01:02-…`, `20240102-…`, `240102  3:04:05`, `2024-01-02  3:04:05`, `2024-01-02 03h04.05` as ISO writes them. */
function asIso(text: string): string {
  const hours = /^(\S{10} \d\d)h(\d\d)\.(\d\d)$/.exec(text);
  if (hours !== null) return `${hours[1]}:${hours[2]}:${hours[3]}`;
  const m = /^(\d{4}|\d{2})[-/:.]?(\d\d)[-/:.]?(\d\d)([T -]) ?(\d{1,2})(:.*)$/.exec(text);
  if (m === null) return text;
  const [, year = '', month, day, separator, hour = '', rest] = m;
  return `${year.length === 2 ? '20' : ''}${year}-${month}-${day}${separator === 'T' ? 'T' : ' '}${hour.padStart(2, '0')}${rest}`;
}

function withoutEnd(text: string): string {
  const reset = text.endsWith('\u001b[0m') ? text.slice(0, -4) : text;
  return reset.endsWith('\r') ? reset.slice(0, -1) : reset;
}
