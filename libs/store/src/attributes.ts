/** Attributes as JSON with sorted keys: equal attributes are equal strings. */
export function canonicalAttributes(attributes: Readonly<Record<string, string>>): string {
  const keys = Object.keys(attributes).sort();
  if (keys.length === 0) return '{}';
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, attributes[key]])));
}
