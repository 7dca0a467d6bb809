import { LIMITS } from '../shell/limits.ts';

const CALL =
  /(?:\b(?:system|popen|Popen|call|run|check_output|check_call|exec|execSync|spawn|spawnSync|shell_exec|passthru|execl|execlp|execle|execv|execvp|execve|getoutput|getstatusoutput|execute)\s*\(?\s*[[(]?\s*|\b(?:qx)\s?|=\s?|print\s?)(["'`/])/g;
const MORE = /\s*,\s*(["'])/y;
const CALLS = 32;
const BASE64_TEXT = /["']([A-Za-z0-9+/]{16,}={0,2})["']/g;

/**
 * Shell commands in another language's code: `os.system("…")`, `exec '…'`, backticks. Lists of words
 * (`["sh", "-c", "…"]`) come out joined. Bounded, linear.
 */
export function shellInCode(code: string): readonly string[] {
  const text = code.slice(0, LIMITS.valueChars);
  const found: string[] = [];
  CALL.lastIndex = 0;
  for (let call = CALL.exec(text); call !== null && found.length < CALLS; call = CALL.exec(text)) {
    const quote = call[1]!;
    // `x = "…"` and `print "…"` run nothing; backticks do.
    if (/^[=p]/.test(call[0]) && quote !== '`') continue;
    if (quote === '/' && !call[0].startsWith('qx')) continue;
    let [value, at] = quotedAt(text, call.index + call[0].length, quote);
    for (;;) {
      MORE.lastIndex = at;
      const more = MORE.exec(text);
      if (more === null) break;
      const [next, end] = quotedAt(text, MORE.lastIndex, more[1]!);
      value += / /.test(next) ? ` '${next}'` : ` ${next}`;
      at = end;
    }
    found.push(value);
    CALL.lastIndex = Math.max(at, call.index + call[0].length);
  }
  return found;
}

function quotedAt(text: string, from: number, quote: string): [string, number] {
  let out = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (char === quote) return [out, at + 1];
    if (char === '\\' && at + 1 < text.length) {
      at += 1;
      out += text[at];
    } else out += char;
  }
  return [out, text.length];
}

/** The code, and behind it what its base64 strings hold: `exec(b64decode("…"))`. */
export function readableCode(code: string): string {
  const text = code.slice(0, LIMITS.valueChars);
  if (!/b64|base64|decode/i.test(text)) return text;
  let out = text;
  for (const [, encoded] of text.matchAll(BASE64_TEXT)) {
    const plain = Buffer.from(encoded!, 'base64').toString('latin1');
    if (/^[\t\n\r -~]+$/.test(plain)) out += `\n${plain}`;
    if (out.length > LIMITS.valueChars * 2) break;
  }
  return out;
}
