/** A name in double quotes. */
export function identifier(name: string): string {
  return `"${name.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

/**
 * `key = 'value'`, for any value whatsoever. InfluxQL's strings know no escape for control characters and end at a
 * NUL, so such a value is compared by an anchored pattern whose special characters are all code points.
 */
export function equals(key: string, value: string): string {
  const clean = value.toWellFormed();
  if (/[\x00-\x1f\x7f]/.test(clean)) return `${identifier(key)} =~ /^${patternLiteral(clean)}$/`;
  return `${identifier(key)} = '${clean.replace(/[\\']/g, '\\$&')}'`;
}

/** Text as a pattern that matches it alone. */
export function patternLiteral(text: string): string {
  let pattern = '';
  for (const char of text) {
    pattern += /[A-Za-z0-9]/.test(char) ? char : `\\x{${char.codePointAt(0)!.toString(16)}}`;
  }
  return pattern;
}

/** Nanoseconds as a time condition's value. */
export function timeNs(us: number): string {
  const ns = BigInt(Math.trunc(us)) * 1_000n;
  const limit = 9_223_372_036_000_000_000n;
  return String(ns > limit ? limit : ns < -limit ? -limit : ns);
}

/** ` WHERE a AND b`, or nothing. */
export function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

/** The nanoseconds of an RFC 3339 time as InfluxDB prints it. */
export function parseTimeNs(text: string): bigint {
  const match = /^(.*?)(?:\.(\d{1,9}))?Z$/.exec(text);
  if (match === null) throw new Error(`no time of InfluxDB's: ${text.slice(0, 40)}`);
  return BigInt(Date.parse(`${match[1]}Z`)) * 1_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'));
}
