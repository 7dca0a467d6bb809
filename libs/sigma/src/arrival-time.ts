/** How far ahead of its reading a line may be dated: zones, and clocks that disagree. */
const AHEAD_US = 86_400_000_000;
/** So many events in a row dated before a group's window, and the group begins anew there. */
const STRAYS = 3;

interface Dated {
  lastUs: number;
  strays: number;
}

/**
 * Where an event stands in its group's time. Time stamps are the writer's word, and whoever may write to a log may date
 * a line as they like: a line from the future counts at the group's last time, and one from before the window counts
 * not at all, unless three come in a row: then an older log is read, or the group began with a forged line.
 *
 * @returns null when the event does not count, `anew` when the group is to be forgotten first.
 */
export function placeArrival(
  group: Dated,
  timeUs: number,
  observedUs: number,
  spanUs: number,
): number | null | 'anew' {
  const latestUs = observedUs + AHEAD_US;
  if (timeUs > latestUs && group.lastUs <= latestUs) return group.lastUs;
  if (timeUs >= group.lastUs - spanUs) {
    group.strays = 0;
    return timeUs;
  }
  group.strays += 1;
  return group.strays < STRAYS ? null : 'anew';
}
