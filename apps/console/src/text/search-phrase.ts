/** Longer ones the API refuses. */
const CHARS_MAX = 500;

/** The search for exactly this, as one phrase. */
export function searchPhrase(value: string): string {
  return `"${value.replaceAll('"', ' ').slice(0, CHARS_MAX).toWellFormed()}"`;
}
