import type { Frame } from './frame.ts';

const MAX_TAG_LENGTH = 128;
const MAX_PID_LENGTH = 64;

/** Where the tag at `at` ends (right after its colon), or -1 where none stands there. Fills program, module, pid. */
export function readTag(text: string, at: number, frame: Frame): number {
  const limit = Math.min(text.length, at + MAX_TAG_LENGTH);
  let end = at;
  let open = -1;
  for (; end < limit; end++) {
    const c = text.charCodeAt(end);
    if (c === 58) {
      // A colon inside of a tag (`app::mod:`) is followed by more of it.
      const next = text.charCodeAt(end + 1);
      if (next === 32 || Number.isNaN(next)) break;
      if (next !== 58 && !isTagByte(next)) break;
    } else if (c === 91) {
      open = end;
      break;
    } else if (!isTagByte(c)) return -1;
  }
  if (end === at || end >= limit) return -1;
  let after = end;
  if (open >= 0) {
    const close = text.indexOf(']', open);
    if (close < 0 || close - open > MAX_PID_LENGTH) return -1;
    after = close + 1;
    // `krb5kdc[811](info): …`
    if (text.charCodeAt(after) === 40)
      after += /^\([a-z]{4,8}\)/.exec(text.slice(after, after + 10))?.[0].length ?? 0;
    if (text.charCodeAt(after) !== 58) return -1;
    readPid(text, open + 1, close, frame);
  }
  readProgram(text, at, end, frame);
  return after + 1;
}

function isTagByte(c: number): boolean {
  return c > 32 && c !== 127 && c !== 91 && c !== 93 && c !== 34 && c !== 60 && c !== 62;
}

function readPid(text: string, start: number, end: number, frame: Frame): void {
  let pid = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9) || i - start > 9) return;
    pid = pid * 10 + digit;
  }
  if (end > start) frame.pid = pid;
}

function readProgram(text: string, start: number, end: number, frame: Frame): void {
  if (text.charCodeAt(end - 1) === 41) {
    const open = text.indexOf('(', start);
    if (open > start && open < end) {
      frame.program = text.slice(start, open);
      frame.module = text.slice(open + 1, end - 1);
      return;
    }
  }
  frame.program = text.slice(start, end);
}
