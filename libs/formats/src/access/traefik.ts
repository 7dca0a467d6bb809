import type { Event } from '@suite/event';
import { lineFormat } from '../line-format.ts';
import { parseClf } from './clf.ts';
import { clfEvent, quotedFields, setReferrerAndAgent } from './http-event.ts';

/** ` REQUESTS "ROUTER" "SERVICE URL" DURATIONms` after the user agent. */
const TAIL = /^ (\d{1,15}) "([^"]{0,512})" "([^"]{0,2048})" (\d{1,12})ms\r?$/;
const TAIL_CHARS = 3000;
const FRAME = /\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "/g;

/**
 * Traefik escapes nothing (pkg/middlewares/accesslog/logger_formatters.go). A user name with quotes can imitate
 * time and request, so a line with two such frames gives no event; a referrer or agent with quotes shifts the
 * fields behind it, so then none of those counts.
 */
function parseTraefik(text: string): Event | null {
  const line = parseClf(text);
  if (line === null || line.vhost !== null || line.ident !== '-') return null;
  const tail = tailOf(text, line.rest);
  if (tail === null && (!/ms\r?$/.test(text.slice(-5)) || text.match(FRAME)?.length !== 1)) return null;
  const event = clfEvent(line);
  if (tail === null) return event;
  setReferrerAndAgent(event, tail.referrer, tail.agent);
  if (tail.router !== '-') event['traefik.router'] = tail.router;
  if (tail.service !== '-') event['traefik.service.url'] = tail.service;
  event['event.duration'] = tail.durationMs * 1e6;
  return event;
}

function tailOf(text: string, rest: number) {
  const { fields, end } = quotedFields(text, rest, 2);
  if (fields.length !== 2 || text.length - end > TAIL_CHARS) return null;
  const m = TAIL.exec(text.slice(end));
  if (m === null) return null;
  return { referrer: fields[0]!, agent: fields[1]!, router: m[2]!, service: m[3]!, durationMs: +m[4]! };
}

/** 0.98 with the whole tail in place; without it the line is as likely another server's. */
function claimTraefik(text: string): number {
  const line = parseClf(text);
  return line !== null && tailOf(text, line.rest) !== null && parseTraefik(text) !== null ? 0.98 : 0;
}

/** `event.duration` is nanoseconds, as in ECS. */
export const traefikFormat = lineFormat({
  name: 'traefik',
  title: 'Traefik access log, Common Log Format',
  claim: claimTraefik,
  parse: parseTraefik,
});
