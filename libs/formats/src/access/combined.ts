import type { Event } from '@suite/event';
import type { FormatHints } from '../port.ts';
import { type ClfLine, endOf, parseClf } from './clf.ts';
import { clfEvent, quotedFields, setForwarded, setReferrerAndAgent } from './http-event.ts';

/**
 * Common and combined logs of nginx and Apache, with whatever a custom format appends. A third quoted field
 * is the X-Forwarded-For list if all of it is addresses; what else follows is left alone.
 */
export function parseCombined(text: string): Event | null {
  const line = parseClf(text);
  if (line === null) return null;
  const event = clfEvent(line);
  if (line.rest >= endOf(text)) return event;
  const { fields } = quotedFields(text, line.rest, 3);
  if (fields.length >= 2) setReferrerAndAgent(event, fields[0]!, fields[1]!);
  if (fields.length === 3) setForwarded(event, fields[2]!);
  return event;
}

/**
 * The two servers' combined logs are the same line. In order: the path names the server; a virtual host
 * first, an ident, `\"`, or no referrer and agent is Apache's way; anything else is taken for nginx.
 */
export function serverOf(text: string, line: ClfLine, hints: FormatHints): 'nginx' | 'apache' {
  const path = hints.path ?? '';
  if (/nginx/i.test(path)) return 'nginx';
  if (/apache|httpd|other_vhosts/i.test(path)) return 'apache';
  if (line.vhost !== null || line.ident !== '-' || line.user === '""') return 'apache';
  return line.rest >= endOf(text) || text.includes('\\"') ? 'apache' : 'nginx';
}

/**
 * 0.95 for the server that the rule names, 0.85 for the other, where the line ends behind the agent or a third
 * quoted field; 0.6 where something else follows, 0.3 where it is Traefik's.
 */
export function claimCombined(server: 'nginx' | 'apache', text: string, hints: FormatHints): number {
  const line = parseClf(text);
  if (line === null) return 0;
  const { fields, end } = quotedFields(text, line.rest, 3);
  if (end < endOf(text)) return text.endsWith('ms') ? 0.3 : 0.6;
  if (fields.length === 1) return 0.6;
  return serverOf(text, line, hints) === server ? 0.95 : 0.85;
}
