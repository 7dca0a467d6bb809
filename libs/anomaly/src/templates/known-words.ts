/** Units that may stand apart from their number. */
const UNITS: ReadonlySet<string> = new Set(
  'ns us ms s sec secs min mins B kB KB MB GB TB KiB MiB GiB TiB'.split(' '),
);
const LONGEST_UNIT = 4;

/** Names of fields whose value is a host, however it is written. */
const HOST_KEYS: ReadonlySet<string> = new Set(['rhost', 'host', 'hostname', 'relay']);

const MONTHS: ReadonlySet<string> = new Set('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '));
const DAYS: ReadonlySet<string> = new Set('Mon Tue Wed Thu Fri Sat Sun'.split(' '));

/** `Jun` of `Jun 17`, `Fri` of `Fri Jun 17`. */
export function isDate(text: string, start: number, end: number): boolean {
  if (end - start !== 3 || text.charCodeAt(end) !== 32) return false;
  const word = text.slice(start, end);
  if (MONTHS.has(word)) return isDigit(text.charCodeAt(end + 1)) || isDigit(text.charCodeAt(end + 2));
  return DAYS.has(word) && (MONTHS.has(text.slice(end + 1, end + 4)) || isDigit(text.charCodeAt(end + 1)));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isUnit(text: string, start: number, end: number): boolean {
  return end - start <= LONGEST_UNIT && UNITS.has(text.slice(start, end));
}

export function isHostKey(text: string, start: number, end: number): boolean {
  const length = end - start;
  return length >= 4 && length <= 8 && HOST_KEYS.has(text.slice(start, end));
}

export interface UserSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The account name that a peer of sshd or PAM chose: `invalid user NAME`, `Failed password for NAME from …`. The name
 * may hold anything, spaces and further keywords too, so it reaches to the last ` from ` of the message. An empty name is
 * a name too.
 */
export function findUser(text: string): UserSpan | null {
  const start = startOfUser(text);
  if (start < 0 || start >= text.length) return null;
  const from = text.lastIndexOf(' from ');
  let first = start;
  while (text.charCodeAt(first) === 32) first++;
  if (from >= start && from < first) return { start: first, end: first };
  if (from > first) return { start: first, end: from };
  const space = text.indexOf(' ', first);
  return { start: first, end: space < 0 ? text.length : space };
}

function startOfUser(text: string): number {
  switch (text.charCodeAt(0)) {
    case 70: // Failed
    case 65: // Accepted
    case 80: // Postponed
      if (text.startsWith('Failed ') || text.startsWith('Accepted ') || text.startsWith('Postponed ')) {
        const method = text.indexOf(' ', text.indexOf(' ') + 1);
        if (method < 0 || !text.startsWith(' for ', method)) return -1;
        return text.startsWith('invalid user ', method + 5) ? method + 18 : method + 5;
      }
      return -1;
    case 73: // Invalid, Illegal
      if (text.startsWith('Invalid user ') || text.startsWith('Illegal user ')) return 13;
      return -1;
    case 105: // input_userauth_request
    case 67: // Connection closed by
    case 68: // Disconnected from, Disconnecting
      return afterInvalidUser(text);
    default:
      return -1;
  }
}

function afterInvalidUser(text: string): number {
  const at = text.indexOf('nvalid user ');
  return at < 0 ? -1 : at + 12;
}
