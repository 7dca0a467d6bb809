import { withoutSecrets } from '@suite/commands/without-secrets';

/** What needs no cleaning; nearly all text is like that. */
const PLAIN = /^[ -~]*$/;

/**
 * Text of logs made fit to be read by people: control characters, line breaks and direction overrides become
 * `�`, so that a name can neither forge a second line of an alert nor hide its end.
 *
 * @param most characters that are kept; more end in `…`.
 */
export function plainText(text: string, most: number): string {
  if (text.length <= most && PLAIN.test(text)) return text;
  const cut = text.length > most * 2 ? text.slice(0, most * 2) : text;
  const clean = cut
    .toWellFormed()
    .replace(/[\t\n\r]+/g, ' ')
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu,
      '\ufffd',
    );
  if (clean.length <= most) return clean;
  return `${clean.slice(0, most - 1).toWellFormed()}…`;
}

/** A name as an attacker may have typed it. */
export function plainName(name: string): string {
  return plainText(name, 64);
}

/** A command between backticks, which it has none of itself, without its secrets. */
export function plainCommand(command: string, most = 80): string {
  return `\`${plainText(withoutSecrets(command.trim()), most).replaceAll('`', "'")}\``;
}

export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`;
}

/** `9 minutes`, `1 hour`, `12 seconds`: how long, as a person says it. */
export function spanOf(us: number): string {
  const seconds = Math.max(0, Math.round(us / 1e6));
  if (seconds < 90) return plural(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return plural(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? plural(hours, 'hour') : plural(Math.round(hours / 24), 'day');
}

/** `a, b and 3 more`, of names that are cleaned here. */
export function listOf(names: readonly string[], most: number, more = 0): string {
  const shown = names.slice(0, most).map(plainName);
  const rest = names.length - shown.length + more;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
