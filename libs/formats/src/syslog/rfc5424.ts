import type { Frame } from './frame.ts';
import { readIso, stamp } from './timestamp.ts';

/**
 * RFC 5424 after `<PRI>1 `: `TIMESTAMP HOST APP PROCID MSGID SD[ MSG]`, where `-` is nil.
 * @returns false where the line breaks the RFC's grammar.
 */
export function readRfc5424(text: string, start: number, frame: Frame, utcOffsetMinutes: number): boolean {
  let at = start;
  if (isNil(text, at)) at += 2;
  else {
    if (!readIso(text, at) || text.charCodeAt(stamp.end) !== 32) return false;
    const offset = Number.isNaN(stamp.offsetMinutes) ? utcOffsetMinutes : stamp.offsetMinutes;
    frame.timeUs = stamp.localUs - offset * 60_000_000;
    at = stamp.end + 1;
  }
  const fields: string[] = [];
  for (let i = 0; i < 4; i++) {
    const space = text.indexOf(' ', at);
    if (space <= at || space - at > 255) return false;
    fields.push(text.slice(at, space));
    at = space + 1;
  }
  const [host = '-', app = '-', process = '-', messageId = '-'] = fields;
  if (host !== '-') frame.host = host;
  if (app !== '-') frame.program = app;
  if (/^\d{1,10}$/.test(process)) frame.pid = Number(process);
  if (messageId !== '-') frame.messageId = messageId;

  const end = structuredDataEnd(text, at);
  if (end < 0 || (end < text.length && text.charCodeAt(end) !== 32)) return false;
  if (text.charCodeAt(at) === 91) frame.structuredData = text.slice(at, Math.min(end, at + 4096));
  frame.message = withoutBom(text, end + 1);
  return true;
}

function isNil(text: string, at: number): boolean {
  return text.charCodeAt(at) === 45 && text.charCodeAt(at + 1) === 32;
}

/** Index after `-` or after the last `]`; quotes hold anything, with `\` before `"`, `\` and `]`. */
function structuredDataEnd(text: string, start: number): number {
  if (text.charCodeAt(start) === 45) return start + 1;
  let at = start;
  while (text.charCodeAt(at) === 91) {
    let quoted = false;
    for (at++; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (quoted && c === 92) at++;
      else if (c === 34) quoted = !quoted;
      else if (c === 93 && !quoted) break;
    }
    if (at >= text.length) return -1;
    at++;
  }
  return at === start ? -1 : at;
}

/** The byte order mark, as one character (UTF-8) or as three bytes (latin1). */
function withoutBom(text: string, at: number): string {
  if (text.charCodeAt(at) === 0xfeff) return text.slice(at + 1);
  return text.startsWith('\u00ef\u00bb\u00bf', at) ? text.slice(at + 3) : text.slice(at);
}
