import type { Event } from '@suite/event';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { addressAndPort } from './address.ts';
import { outcomeOf, setRequest } from './http-event.ts';

/**
 * HAProxy's `option httplog` (doc/configuration.txt, 8.2.3): everything up to the counters is HAProxy's own; then come
 * captured headers in braces, and last the request, in which HAProxy writes a quote as `#22`.
 */
const HEAD =
  /^(\S{3,80}:\d{1,5}) \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d\.\d{3}\] (\S{1,128}) ([^\s/]{1,128})\/(\S{1,128}) (-?\d{1,10})\/(-?\d{1,10})\/(-?\d{1,10})\/(-?\d{1,10})\/\+?(-?\d{1,10}) (-1|\d{3}) \+?(\d{1,15}) \S{1,64} \S{1,64} ([\w-]{4}) \d{1,9}\/\d{1,9}\/\d{1,9}\/\d{1,9}\/\+?\d{1,9} \d{1,9}\/\d{1,9} /;

export const haproxy: MessageParser = {
  name: 'haproxy',
  programs: ['haproxy'],
  parse(message, event) {
    const head = HEAD.exec(message.slice(0, 1200));
    if (head === null) return false;
    const rest = message.slice(head[0].length);
    // A long request is cut without its closing quote.
    const request = /(?:^|\} )"([^"]*)"?$/.exec(rest)?.[1];
    if (request === undefined) return false;
    write(event, head, request);
    return true;
  },
};

function write(event: Event, head: RegExpExecArray, request: string): void {
  const status = Number(head[10]);
  const peer = addressAndPort(head[1]!);
  event['event.category'] = 'web';
  event['event.action'] = 'http_request';
  event['event.outcome'] = status > 0 ? outcomeOf(status) : 'failure';
  if (status > 0) event['http.response.status_code'] = status;
  if (peer !== null) event['source.address'] = peer.address;
  if (peer?.port !== undefined) event['source.port'] = peer.port;
  event['haproxy.frontend'] = head[2]!;
  event['haproxy.backend'] = head[3]!;
  event['haproxy.server'] = head[4]!;
  event['haproxy.termination_state'] = head[12]!;
  event['http.response.body.size'] = Number(head[11]);
  const totalMs = Number(head[9]);
  if (totalMs >= 0) event['event.duration'] = totalMs * 1e6;
  const whole = event.message;
  if (request === '<BADREQ>') event['event.reason'] = 'malformed_request';
  else setRequest(event, request);
  if (whole !== undefined) event.message = whole;
  // `<NOSRV>` with a refusal of HAProxy's own: no server saw the request.
  if (head[4] === '<NOSRV>' && event['event.reason'] === undefined) event['event.reason'] = 'no_server';
}
