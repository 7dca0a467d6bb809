/** A moment as the clock on the wall shows it. */
export interface WallTime {
  /** `2026-10-25`. */
  readonly date: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Minutes since midnight, 0 to 1,439. */
  readonly minute: number;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** What a Date can hold; a log can claim more. */
const LAST_MS = 8.64e15;

/**
 * Local time in an IANA zone, summer time included.
 *
 * @throws RangeError for a zone that is none.
 */
export function createWallClock(timeZone: string): (timeUs: number) => WallTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (timeUs) => {
    const ms = Math.max(-LAST_MS, Math.min(LAST_MS, Math.floor(timeUs / 1000)));
    const parts: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(Number.isFinite(ms) ? ms : 0)) parts[type] = value;
    return {
      date: `${parts.year!.padStart(4, '0')}-${parts.month}-${parts.day}`,
      weekday: WEEKDAYS.indexOf(parts.weekday!),
      minute: Number(parts.hour) * 60 + Number(parts.minute),
    };
  };
}

/** `03:12`. */
export function hourMinute({ minute }: WallTime): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
