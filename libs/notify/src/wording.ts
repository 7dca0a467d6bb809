import type { Alert } from '@suite/event';
import type { Render } from './port.ts';

/** `2026-11-21 03:12:09 UTC`. */
export function timeText(timeUs: number): string {
  return `${new Date(timeUs / 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The alert in plain text, without its title. */
export const plainText: Render = (alert) => {
  const parts = [alert.text];
  if (alert.next.length > 0)
    parts.push(['What to do next:', ...alert.next.map((step, i) => `${i + 1}. ${visible(step)}`)].join('\n'));
  if (alert.lines.length > 0) parts.push(['It rests on these lines:', ...lineTexts(alert)].join('\n'));
  parts.push(`${alert.level}, ${timeText(alert.timeUs)}`);
  return parts.join('\n\n');
};

/** The lines of evidence, each with where it stands, cut at 300 characters. */
export function lineTexts(alert: Alert): string[] {
  return alert.lines.map(({ host, file, text }) => `${host} ${file}: ${cut(visible(text), 300)}`);
}

/** At most `chars` characters; what was cut is marked. Never cuts a surrogate pair in two. */
export function cut(text: string, chars: number): string {
  if (text.length <= chars) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(chars - 2)) ? chars - 2 : chars - 1;
  return `${text.slice(0, end)}…`;
}

/** Mentions nobody: an unseen character stands between `@` and the name, for services that look for names in plain text. */
export function withoutMentions(text: string): string {
  return text.replace(/@(?=[\w-])/g, '@\u2060');
}

/** Control characters, line ends included, and what turns text around, made visible: lines come from attackers. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '\ufffd');
}
