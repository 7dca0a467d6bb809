import type { Event } from '@suite/event';
import { lineFormat } from '../line-format.ts';
import { parseClf } from './clf.ts';
import { clfEvent, quotedFields, setReferrerAndAgent } from './http-event.ts';

/** ` REQUESTS "ROUTER" "SERVICE URL" DURATIONms` after the user agent. */
const TAIL = /^ (\d{1,15}) "([^"]{0,512})" "([^"]{0,2048})" (\d{1,12})ms\r?$/;

function parseTraefik(text: string): Event | null {
  const line = parseClf(text);
  if (line === null) return null;
  const { fields, end } = quotedFields(text, line.rest, 2);
  if (fields.length !== 2) return null;
  const tail = text.length - end > 3000 ? null : TAIL.exec(text.slice(end));
  // Traefik doubles no backslash, so a referrer that ends in one shifts the fields: then none of them counts.
  if (tail === null) return null;
  const event = clfEvent(line);
  setReferrerAndAgent(event, fields[0]!, fields[1]!);
  if (tail[2] !== '-') event['traefik.router'] = tail[2]!;
  if (tail[3] !== '-') event['traefik.service.url'] = tail[3]!;
  event['event.duration'] = +tail[4]! * 1e6;
  return event;
}

/** `event.duration` is nanoseconds, as in ECS. */
export const traefikFormat = lineFormat({
  name: 'traefik',
  title: 'Traefik access log, Common Log Format',
  claim: (text) => (parseTraefik(text) === null ? 0 : 0.98),
  parse: parseTraefik,
});
