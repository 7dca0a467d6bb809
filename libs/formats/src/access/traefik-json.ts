import type { Event } from '@suite/event';
import { lineFormat } from '../line-format.ts';
import { type JsonObject, parseObject } from '../structured/json-object.ts';
import { looseTimeUs } from '../structured/loose-time.ts';
import { addressAndPort } from './address.ts';
import { outcomeOf, setForwarded } from './http-event.ts';

/** Text fields as they are, where present and not `-`. */
const COPIED = [
  ['RequestMethod', 'http.request.method'],
  ['RequestPath', 'url.original'],
  ['RequestHost', 'url.domain'],
  ['ClientUsername', 'user.name'],
  ['RouterName', 'traefik.router'],
  ['ServiceURL', 'traefik.service.url'],
  ['request_User-Agent', 'user_agent.original'],
  ['request_Referer', 'http.request.referrer'],
] as const;

/**
 * The peer is `ClientAddr`, the address of the connection. `ClientHost` is X-Forwarded-For where the request
 * had one (Traefik, pkg/middlewares/accesslog/logger.go) and goes to `client.forwarded` where it differs.
 */
function parse(text: string): Event | null {
  if (!text.includes('"DownstreamStatus"')) return null;
  const object = parseObject(text);
  if (object === null) return null;
  const status = object.DownstreamStatus;
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 0 || status > 999) return null;
  const timeUs = looseTimeUs(object.StartUTC) ?? looseTimeUs(object.time);
  if (typeof object.RequestMethod !== 'string' || timeUs === undefined) return null;
  const event: Event = {
    timeUs,
    'event.category': 'web',
    'event.action': 'http_request',
    'event.outcome': outcomeOf(status),
    'http.response.status_code': status,
  };
  for (const [key, name] of COPIED) {
    const value = object[key];
    if (typeof value === 'string' && value !== '' && value !== '-') event[name] = value;
  }
  setPeer(event, object);
  const size = object.DownstreamContentSize;
  if (typeof size === 'number') event['http.response.body.size'] = size;
  if (typeof object.Duration === 'number') event['event.duration'] = object.Duration;
  const protocol = object.RequestProtocol;
  if (typeof protocol === 'string' && protocol.startsWith('HTTP/')) event['http.version'] = protocol.slice(5);
  return event;
}

function setPeer(event: Event, object: JsonObject): void {
  const peer = typeof object.ClientAddr === 'string' ? addressAndPort(object.ClientAddr) : null;
  if (peer !== null) event['source.address'] = peer.address;
  if (peer?.port !== undefined) event['source.port'] = peer.port;
  const host = object.ClientHost;
  if (typeof host === 'string' && host !== peer?.address) setForwarded(event, host);
}

export const traefikJsonFormat = lineFormat({
  name: 'traefik-json',
  title: 'Traefik access log, JSON',
  claim: (text) => (parse(text) === null ? 0 : 0.98),
  parse,
});
