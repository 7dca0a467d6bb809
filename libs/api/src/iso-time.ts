const ISO = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** Integer microseconds since the epoch as ISO 8601 in UTC with six digits of a second. */
export function isoFromUs(timeUs: number): string {
  const ms = Math.floor(timeUs / 1000);
  const restUs = timeUs - ms * 1000;
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return new Date(0).toISOString().replace('Z', '000Z');
  return date.toISOString().replace('Z', `${String(restUs).padStart(3, '0')}Z`);
}

/** ISO 8601 with a zone as integer microseconds, or null when it is no such time. */
export function usFromIso(text: string): number | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const ms = Date.parse(`${match[1]}${match[3]}`);
  if (Number.isNaN(ms)) return null;
  return ms * 1000 + Number((match[2] ?? '').padEnd(6, '0').slice(0, 6));
}
