import { closingQuote, unescapeQuoted } from '../access/quoted.ts';
import { lineFormat } from '../line-format.ts';
import { FLATTEN_KEYS, type Flat, type Scalar } from './flatten.ts';
import { loggedEvent } from './logged-event.ts';

const KEY = /^[\w@][\w.@/:-]*$/;
const KEY_CHARS = 128;
const NUMBER = /^-?\d{1,15}(?:\.\d{1,9})?$/;
const TIMES = ['time', 'ts', 't', 'timestamp'];
const LEVELS = ['level', 'lvl', 'severity'];

/** `key=value key="quoted value"`, nothing else on the line; null for a line that has anything else. */
function readPairs(text: string): Flat | null {
  const fields = new Map<string, Scalar>();
  const end = text.trimEnd().length;
  let at = 0;
  while (at < end) {
    if (fields.size >= FLATTEN_KEYS) return { fields, cut: true };
    const equals = text.indexOf('=', at);
    if (equals <= at || equals - at > KEY_CHARS) return null;
    const key = text.slice(at, equals);
    if (!KEY.test(key)) return null;
    const quoted = text.charCodeAt(equals + 1) === 0x22;
    const close = quoted ? closingQuote(text, equals + 1) : text.indexOf(' ', equals);
    if (quoted && close < 0) return null;
    const next = quoted ? close + 1 : close < 0 ? end : close;
    if (next < end && text.charCodeAt(next) !== 0x20) return null;
    const value = quoted
      ? unescapeQuoted(text.slice(equals + 2, close))
      : text.slice(equals + 1, next).trimEnd();
    // Of a name that stands twice the first counts: what is appended cannot replace what the logger wrote first.
    if (!fields.has(key)) fields.set(key, !quoted && NUMBER.test(value) ? +value : value);
    at = next + 1;
    while (text.charCodeAt(at) === 0x20) at += 1;
  }
  return fields.size < 2 ? null : { fields, cut: false };
}

/** 0.95 with a time, a level and a message; 0.7 with two of them; else 0: many programs write `a=b`. */
function claim(text: string): number {
  const fields = readPairs(text)?.fields;
  if (fields === undefined) return 0;
  const has = (keys: readonly string[]) => keys.some((key) => fields.has(key));
  const found = [has(TIMES), has(LEVELS), has(['msg', 'message'])].filter(Boolean).length;
  return found === 3 ? 0.95 : found === 2 ? 0.7 : 0;
}

export const logfmtFormat = lineFormat({
  name: 'logfmt',
  title: 'logfmt (Go programs: Grafana, Prometheus, Docker, Traefik’s own log)',
  claim,
  parse: (text, options) => {
    const pairs = readPairs(text);
    return pairs === null ? null : loggedEvent('logfmt', pairs, options.utcOffsetMinutes);
  },
});
