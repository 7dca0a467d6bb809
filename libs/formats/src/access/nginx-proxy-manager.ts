import type { Event } from '@suite/event';
import { lineFormat } from '../line-format.ts';
import { isAddress } from './address.ts';
import { endOf } from './clf.ts';
import { clfTimeUs } from './clf-time.ts';
import { outcomeOf, setReferrerAndAgent } from './http-event.ts';
import { unescapeQuoted } from './quoted.ts';

const QUOTED = '"((?:[^"\\\\]|\\\\.)*)"';
/**
 * Nginx Proxy Manager's two log formats (docker/rootfs/etc/nginx/nginx.conf):
 * `[TIME] CACHE UPSTREAM STATUS - METHOD SCHEME HOST "URI" [Client A] [Length N] [Gzip G] [Sent-to S] "AGENT" "REFERRER"`,
 * and without CACHE, UPSTREAM and Sent-to for hosts that pass nothing on. nginx escapes quotes in what clients say.
 */
const LINE = new RegExp(
  `^(?:[A-Z-]{1,16} (?:\\d{3}|-)(?:, \\d{3})* )?(\\d{3}) - ([A-Z-]{1,32}) (https?) (\\S{1,255}) ${QUOTED} \\[Client ([0-9A-Fa-f:.]{2,64})\\] \\[Length (\\d{1,15}|-)\\] \\[Gzip [\\d.-]{1,12}\\] (?:\\[Sent-to (\\S{1,255})\\] )?${QUOTED} ${QUOTED}$`,
);
const TIME_LENGTH = 28;
const LONGEST_CHARS = 32_768;

function parse(text: string): Event | null {
  if (text.charCodeAt(0) !== 0x5b || text.length > LONGEST_CHARS) return null;
  const timeUs = clfTimeUs(text, 0);
  if (Number.isNaN(timeUs)) return null;
  const m = LINE.exec(text.slice(TIME_LENGTH + 1, endOf(text)));
  if (m === null) return null;
  const status = Number(m[1]);
  const event: Event = {
    timeUs,
    'event.category': 'web',
    'event.action': 'http_request',
    'event.outcome': outcomeOf(status),
    'http.response.status_code': status,
    'http.request.method': m[2]!,
    'url.original': unescapeQuoted(m[5]!),
    'url.domain': m[4]!,
    'url.scheme': m[3]!,
  };
  if (isAddress(m[6]!)) event['source.address'] = m[6]!;
  if (m[7] !== '-') event['http.response.body.size'] = Number(m[7]);
  if (m[8] !== undefined) event['destination.address'] = m[8];
  setReferrerAndAgent(event, m[10]!, m[9]!);
  return event;
}

export const nginxProxyManagerFormat = lineFormat({
  name: 'nginx-proxy-manager',
  title: 'Nginx Proxy Manager access log',
  claim: (text) => (parse(text) === null ? 0 : 0.98),
  parse,
});
