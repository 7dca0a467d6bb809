/**
 * What one person usually runs on one machine: programs and shapes of commands, with the number of days that each was
 * seen on. Plain data, JSON-serialisable. Keeps 200 programs and 300 shapes; what was used longest ago is forgotten
 * first.
 */
export interface Profile {
  commands: number;
  programs: [name: string, days: number, lastDay: number][];
  shapes: [hash: number, days: number, lastDay: number][];
}

const PROGRAMS = 200;
const SHAPES = 300;
const DAY_US = 86_400e6;
/** Seen on so many days it is a habit; many times on one day is not. */
const HABIT_DAYS = 3;
/** Before so many commands nothing is called new. */
const KNOWN_AFTER = 200;

export function freshProfile(): Profile {
  return { commands: 0, programs: [], shapes: [] };
}

export interface Usual {
  /** Commands of this shape are a habit. */
  readonly habit: boolean;
  /** Programs that were never seen before, once enough was seen to say so. */
  readonly firstTime: readonly string[];
}

/** Looks a command up and learns it. */
export function learn(profile: Profile, programs: readonly string[], shape: number, timeUs: number): Usual {
  const day = Math.floor(timeUs / DAY_US);
  const known = profile.commands >= KNOWN_AFTER;
  const firstTime: string[] = [];
  for (const program of programs)
    if (touch(profile.programs, program, day, PROGRAMS) === 0 && known) firstTime.push(program);
  const days = touch(profile.shapes, shape, day, SHAPES);
  profile.commands += 1;
  return { habit: days >= HABIT_DAYS, firstTime };
}

/** @returns the days that the key was seen on before. The newest stands last. */
function touch<K>(list: [K, number, number][], key: K, day: number, limit: number): number {
  const at = list.findLastIndex((entry) => entry[0] === key);
  if (at < 0) {
    list.push([key, 1, day]);
    if (list.length > limit) list.shift();
    return 0;
  }
  const entry = list[at]!;
  const before = entry[1];
  if (at < list.length - 1) {
    list.splice(at, 1);
    list.push(entry);
  }
  if (entry[2] !== day) {
    entry[1] = Math.min(1000, before + 1);
    entry[2] = day;
  }
  return before;
}

/** FNV-1a, 32 bit. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
