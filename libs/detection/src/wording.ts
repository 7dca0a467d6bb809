import type { Story } from './stories/story.ts';

/** `4 minutes`, `1 hour`, `12 seconds`: how long, as a person says it. */
export function spanOf(us: number): string {
  const seconds = Math.max(0, Math.round(us / 1e6));
  if (seconds < 90) return plural(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return plural(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? plural(hours, 'hour') : plural(Math.round(hours / 24), 'day');
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `root, admin, pi and 12 more`. */
export function listNames(story: Story, most = 3): string {
  const shown = story.names.slice(0, most).map(quoteName);
  const rest = story.names.length - shown.length + story.moreNames;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

/** A name as the attacker typed it, bounded and without control characters. */
export function quoteName(name: string): string {
  const clean = name.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g,
    '\ufffd',
  );
  return clean.length > 64 ? `${clean.slice(0, 64)}…` : clean;
}
