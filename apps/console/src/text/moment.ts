const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayKey = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });

const date = (timeUs: number): Date => new Date(timeUs / 1000);

/** `12:03:44`, in the reader's zone. */
export const timeOfDay = (timeUs: number): string => clock.format(date(timeUs));

/** `12:03:44` today, `19 Nov 12:03:44` on any other day. */
export function moment(timeUs: number, nowUs: number): string {
  const today = dayKey.format(date(timeUs)) === dayKey.format(date(nowUs));
  return today ? timeOfDay(timeUs) : `${day.format(date(timeUs))} ${timeOfDay(timeUs)}`;
}

/** `just now`, `40 s ago`, `5 min ago`, `3 h ago`, `6 days ago`. */
export function ago(timeUs: number, nowUs: number): string {
  const seconds = Math.max(0, Math.round((nowUs - timeUs) / 1_000_000));
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.round(hours / 24)} days ago`;
}
