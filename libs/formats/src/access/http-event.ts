import type { Event } from '@suite/event';
import { firstForwarded, forwardedChain } from './address.ts';
import { type ClfLine, endOf } from './clf.ts';
import { closingQuote, unescapeQuoted } from './quoted.ts';

/** What all access logs say, as an event. The user is the one that the client named, authenticated or not. */
export function clfEvent(line: ClfLine): Event {
  const event: Event = {
    timeUs: line.timeUs,
    'event.category': 'web',
    'event.action': 'http_request',
    'event.outcome': outcomeOf(line.status),
    'http.response.status_code': line.status,
  };
  if (line.client.includes(',')) setForwarded(event, line.client);
  else if (line.client !== '-' && line.client !== 'unix:') event['source.address'] = line.client;
  if (line.user !== '-' && line.user !== '""') event['user.name'] = unescapeQuoted(line.user);
  if (line.sizeBytes !== null) event['http.response.body.size'] = line.sizeBytes;
  if (line.vhost !== null) setVhost(event, line.vhost);
  setRequest(event, line.request);
  return event;
}

export function outcomeOf(status: number): 'success' | 'failure' | 'unknown' {
  if (status >= 400) return 'failure';
  return status >= 100 ? 'success' : 'unknown';
}

/**
 * `METHOD URL HTTP/1.1`, or `METHOD /path` of HTTP/0.9. Anything else (raw TLS bytes, nothing at all, garbage)
 * is kept as `message` with `event.reason: malformed_request`, and no method or URL is made up.
 */
export function setRequest(event: Event, request: string): void {
  const space = request.indexOf(' ');
  if (space > 0 && isMethod(request, space)) {
    const version = request.lastIndexOf(' HTTP/');
    if (version > space && isVersion(request, version + 6)) {
      event['http.request.method'] = request.slice(0, space);
      event['url.original'] = unescapeQuoted(request.slice(space + 1, version));
      event['http.version'] = request.slice(version + 6);
      return;
    }
    if (version < 0 && request.charCodeAt(space + 1) === 0x2f && request.indexOf(' ', space + 1) < 0) {
      event['http.request.method'] = request.slice(0, space);
      event['url.original'] = unescapeQuoted(request.slice(space + 1));
      event['http.version'] = '0.9';
      return;
    }
  }
  event['event.reason'] = request === '' || request === '-' ? 'empty_request' : 'malformed_request';
  if (request !== '' && request !== '-') event.message = unescapeQuoted(request);
}

function isMethod(request: string, end: number): boolean {
  if (end > 32) return false;
  for (let i = 0; i < end; i++) {
    const c = request.charCodeAt(i);
    if ((c < 0x41 || c > 0x5a) && c !== 0x2d && c !== 0x5f) return false;
  }
  return true;
}

function isVersion(request: string, at: number): boolean {
  const length = request.length - at;
  const major = request.charCodeAt(at);
  if (!(major >= 0x30 && major <= 0x39)) return false;
  if (length === 1) return true;
  const minor = request.charCodeAt(at + 2);
  return length === 3 && request.charCodeAt(at + 1) === 0x2e && minor >= 0x30 && minor <= 0x39;
}

/**
 * Puts a forwarded list where nothing takes it for the peer: its first address as `client.forwarded`, and where there
 * are several, or the first is none, the addresses at its end as `client.forwarded_chain`.
 */
export function setForwarded(event: Event, list: string): void {
  const first = firstForwarded(list);
  if (first !== undefined) event['client.forwarded'] = first;
  const chain = forwardedChain(list);
  if (chain.length > 0 && (chain.length > 1 || first === undefined))
    event['client.forwarded_chain'] = chain.join(', ');
}

/** Quoted fields of the rest of a line, each with its quotes gone and escapes standing, while only such follow. */
export function quotedFields(text: string, from: number, most: number): { fields: string[]; end: number } {
  const fields: string[] = [];
  let at = from;
  while (fields.length < most && text.charCodeAt(at) === 0x20 && text.charCodeAt(at + 1) === 0x22) {
    const close = closingQuote(text, at + 1);
    const after = close + 1;
    if (close < 0 || (after < endOf(text) && text.charCodeAt(after) !== 0x20)) break;
    fields.push(text.slice(at + 2, close));
    at = after;
  }
  return { fields, end: at };
}

export function setReferrerAndAgent(event: Event, referrer: string, agent: string): void {
  if (referrer !== '-' && referrer !== '') event['http.request.referrer'] = unescapeQuoted(referrer);
  if (agent !== '-' && agent !== '') event['user_agent.original'] = unescapeQuoted(agent);
}

function setVhost(event: Event, vhost: string): void {
  const colon = vhost.lastIndexOf(':');
  const port = colon > 0 ? vhost.slice(colon + 1) : '';
  if (/^\d{1,5}$/.test(port)) {
    event['url.domain'] = vhost.slice(0, colon);
    event['destination.port'] = +port;
  } else {
    event['url.domain'] = vhost;
  }
}
