import type { Event } from '@suite/event';
import { epochSeconds } from '../civil-time.ts';
import { lineFormat } from '../line-format.ts';
import type { ParserOptions } from '../port.ts';
import { splitPeer } from '../services/form.ts';
import { idsAlert } from './alert.ts';
import { prioritySuricata } from './suricata-eve.ts';

/** `MM/DD[/YY[YY]]-hh:mm:ss.uuuuuu  [Drop] [**] `; Snort without `-y` writes no year. */
const STAMP =
  /^(?<month>\d\d)\/(?<day>\d\d)(?:\/(?<year>\d{4}|\d\d))?-(?<h>\d\d):(?<m>\d\d):(?<s>\d\d)\.(?<us>\d{6}) {1,2}(?:\[(?:w?[Dd]rop|[Bb]lock|Would Drop|Reject)\] )?(?=\[\*\*\] \[\d)/;

/** Everything here is the rule's or the sensor's; the two ends stand last. */
const ALERT =
  /^(?:\[(?<drop>w?[Dd]rop|[Bb]lock)\] )?(?:\[\*\*\] )?\[(?<gid>\d{1,10}):(?<sid>\d{1,10}):(?<rev>\d{1,10})\] (?<name>.{0,512}?) (?:\[\*\*\] )?(?:\[Classification: (?<class>[^\]]{0,128})\] )?(?:\[Priority: (?<priority>\d{1,3})\]:? ?)(?:\[AppID: [^\]]{0,64}\] )?(?:\{(?<proto>[\w:-]{1,24})\} )(?:<[\w.-]{1,32}> )?(?<from>[0-9A-Fa-f:.[\]]{2,72}) -> (?<to>[0-9A-Fa-f:.[\]]{2,72})$/;

/** Suricata's and Snort's one-line alert, in fast.log or behind a syslog tag. */
export function fastAlert(message: string, service: string, event: Event): boolean {
  if (message.length > 2048) return false;
  const m = ALERT.exec(message)?.groups;
  if (m === undefined) return false;
  const from = ends(m.from ?? '');
  const to = ends(m.to ?? '');
  if (from === null || to === null) return false;
  const name = (m.name ?? '').replace(/^"(.*)"$/, '$1');
  const category = m.class === '(null)' ? undefined : m.class;
  const verdict = /^(?:drop|block)$/i.test(m.drop ?? '') ? 'blocked' : 'detected';
  return idsAlert(
    {
      service,
      name,
      id: `${m.gid}:${m.sid}`,
      category,
      level: prioritySuricata(Number(m.priority)),
      verdict,
      ends: {
        source: from.address,
        sourcePort: from.port,
        destination: to.address,
        destinationPort: to.port,
        transport: m.proto,
      },
    },
    event,
  );
}

/** `A`, `A:P`, `[A]:P`; a bare IPv6 address with a port has nine parts or ends its compression early: the last is the port. */
function ends(text: string): { address: string; port: number } | null {
  const plain = splitPeer(text);
  if (plain === null) {
    const colon = text.lastIndexOf(':');
    return colon > 0 ? splitPeer(`[${text.slice(0, colon)}]:${text.slice(colon + 1)}`) : null;
  }
  return plain;
}

function parse(text: string, options: ParserOptions): Event | null {
  const head = STAMP.exec(text.slice(0, 80));
  if (head === null) return null;
  const dropped = /\[[Dd]rop\]|\[[Bb]lock\]/.test(head[0]) ? '[Drop] ' : '';
  const { month, day, year, h, m, s, us } = head.groups ?? {};
  const event: Event = { 'event.action': 'log_message' };
  const fullYear = year === undefined ? options.year : Number(year.length === 2 ? `20${year}` : year);
  if (fullYear !== undefined) {
    const seconds = epochSeconds(fullYear, Number(month), Number(day), Number(h), Number(m), Number(s));
    if (seconds < 0) return null;
    event.timeUs = (seconds - (options.utcOffsetMinutes ?? 0) * 60) * 1e6 + Number(us);
  }
  const message = text.slice(head[0].length).trimEnd();
  event.message = message;
  return fastAlert(dropped + message, year === undefined ? 'snort' : 'suricata', event) ? event : null;
}

export const fastAlertFormat = lineFormat({
  name: 'fast-alert',
  title: 'Suricata’s fast.log, Snort’s alert_fast',
  claim: (text) => (parse(text, {}) === null ? 0 : 0.98),
  parse,
});
