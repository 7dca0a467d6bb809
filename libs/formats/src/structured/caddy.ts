import type { Event } from '@suite/event';
import { outcomeOf, setForwarded } from '../access/http-event.ts';
import { isAddress, unmapped } from '../syslog/messages/address.ts';
import type { Scalar } from './flatten.ts';

/**
 * Caddy 2's access log (modules/caddyhttp/logging.go, marshalers.go). `request.remote_ip` is the peer;
 * `request.client_ip` is what trusted_proxies made of X-Forwarded-For, and goes where other forwarded addresses go.
 */
export function caddyRequest(fields: ReadonlyMap<string, Scalar>, event: Event): boolean {
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  const status = fields.get('status');
  if (!text('logger').startsWith('http.log.access') || typeof status !== 'number') return false;
  if (text('request.method') === '' || !fields.has('request.uri') || !Number.isInteger(status)) return false;
  event['event.category'] = 'web';
  event['event.action'] = 'http_request';
  event['event.outcome'] = outcomeOf(status);
  event['http.response.status_code'] = status;
  const put = (key: string, value: string) => {
    if (value !== '') event[key] = value;
  };
  put('http.request.method', text('request.method'));
  put('url.original', text('request.uri'));
  put('url.domain', text('request.host'));
  put('user.name', text('user_id'));
  put('user_agent.original', text('request.headers.User-Agent.0'));
  put('http.request.referrer', text('request.headers.Referer.0'));
  put('http.version', text('request.proto').replace(/^HTTP\//, ''));
  const size = fields.get('size');
  if (typeof size === 'number') event['http.response.body.size'] = size;
  const remote = unmapped(text('request.remote_ip'));
  if (isAddress(remote, 0, remote.length)) event['source.address'] = remote;
  const port = Number(text('request.remote_port'));
  if (port > 0 && port <= 65_535) event['source.port'] = port;
  const client = text('request.client_ip');
  if (client !== '' && client !== remote) setForwarded(event, client);
  return true;
}
