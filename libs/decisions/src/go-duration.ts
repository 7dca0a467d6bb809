const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
] as const;

/**
 * A duration as Go's `time.Duration` prints it, which is how CrowdSec's API says how long a decision still holds:
 * `3h59m57.5s`; negative once it has run out.
 */
export function goDuration(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  let rest = Math.round(Math.abs(ms));
  let text = '';
  for (const [unit, unitMs] of UNITS) {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    if (count > 0 || text !== '') text += `${count}${unit}`;
  }
  return `${sign}${text}${rest / 1000}s`;
}
