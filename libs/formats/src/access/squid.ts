import type { Event } from '@suite/event';
import { lineFormat } from '../line-format.ts';
import { isAddress } from './address.ts';
import { endOf } from './clf.ts';
import { outcomeOf } from './http-event.ts';

/** Squid's native log: `TIME ELAPSED CLIENT CODE/STATUS BYTES METHOD URL USER HIERARCHY/PEER TYPE`; nothing in it holds a blank. */
const LINE =
  /^(\d{9,11})\.(\d{3}) {1,8}(-?\d{1,12}) (\S{2,80}) ([A-Z][A-Z_]{2,64})\/(\d{3}) (\d{1,15}) ([A-Z][A-Z_-]{1,24}|error:[\w-]{1,64}|NONE) (\S{1,8192}) (\S{1,512}) ([A-Z][A-Z_]{1,40})\/(\S{1,255}) (\S{1,255})$/;

function parse(text: string): Event | null {
  if (text.length > 16_384) return null;
  const m = LINE.exec(text.slice(0, endOf(text)));
  if (m === null) return null;
  const status = Number(m[6]);
  const event: Event = {
    timeUs: Number(m[1]) * 1e6 + Number(m[2]) * 1000,
    'event.category': 'web',
    'event.action': 'http_request',
    'event.outcome': outcomeOf(status),
    'http.response.status_code': status,
    'http.response.body.size': Number(m[7]),
    'http.request.method': m[8]!,
    'url.original': m[9]!,
    'squid.result': m[5]!,
    'squid.hierarchy': m[11]!,
    'process.name': 'squid',
  };
  if (Number(m[3]) > 0) event['event.duration'] = Number(m[3]) * 1e6;
  if (isAddress(m[4]!)) event['source.address'] = m[4]!;
  if (m[10] !== '-') event['user.name'] = m[10]!;
  if (isAddress(m[12]!)) event['destination.address'] = m[12]!;
  return event;
}

export const squidFormat = lineFormat({
  name: 'squid',
  title: 'Squid access log, native',
  claim: (text) => (parse(text) === null ? 0 : 0.98),
  parse,
});
