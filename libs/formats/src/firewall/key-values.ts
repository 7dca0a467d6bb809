const PAIR = /(?:^|[\s[])([A-Za-z][A-Za-z0-9_]{0,39})=(?:"([^"]*)"|([^\s\]]*))/g;
const MOST = 128;

/**
 * `key=value key="quoted value"` with anything between; of a key that stands twice with two values neither counts, since
 * one of them may be somebody's invention.
 */
export function keyValues(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const contradicted = new Set<string>();
  let pairs = 0;
  for (const [, key = '', quoted, bare] of text.slice(0, 8192).matchAll(PAIR)) {
    if (++pairs > MOST) break;
    const value = quoted ?? bare ?? '';
    if (fields.has(key) && fields.get(key) !== value) contradicted.add(key);
    else fields.set(key, value);
  }
  for (const key of contradicted) fields.delete(key);
  return fields;
}
