import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Detector } from '../port.ts';
import { quoteName } from '../wording.ts';
import { Alarms, type Verdict } from './alarm.ts';
import { bytesText, hoursText, shareText } from './amounts.ts';
import { Filesystems, type Fill, fillEntities } from './filesystem.ts';
import { lineThrough } from './trend.ts';

const RULE = 'disk-filling';
const TITLE = 'Disk fills up soon';
const STEP_US = 10 * 60e6;
/** Six hours. */
const POINTS = 36;
/** One hour. */
const RECENT_POINTS = 7;
/** Soon, and very soon: hours until it is full. */
const LIMITS_HOURS = [24, 4] as const;
const CALM_HOURS = 72;
/** Emptier disks have time, and a straight line says little about them. */
const LEAST_SHARE = 0.5;
/** Less growth within the points is the usual to and fro. */
const LEAST_GROWTH = 0.01;
/** Share of the ups and downs that the line explains. */
const LEAST_FIT = 0.8;
const FILESYSTEMS = 2_000;

/** Shares in use, one every ten minutes, the newest last. */
interface Course {
  timesUs: number[];
  shares: number[];
}

interface Forecast {
  readonly hours: number;
  readonly grownShare: number;
  readonly grownUs: number;
}

/**
 * A file system that will be full within a day when it goes on growing as it does: by the line through its last hour, and
 * by the one through all that is known of its last six, both of which must be lines. Needs an hour of measurements.
 */
export function diskFilling(): Detector {
  const filesystems = new Filesystems();
  const courses = new BoundedMap<Course>(FILESYSTEMS);
  const alarms = new Alarms({ rule: RULE, title: TITLE, levels: ['medium', 'high'], afterUs: 20 * 60e6 });
  return {
    rule: RULE,
    about: [ABOUT],
    wants: [],
    observe() {},
    sample(sample, report) {
      const fill = filesystems.observe(sample);
      if (fill === null) return;
      const course = courses.get(fill.key) ?? { timesUs: [], shares: [] };
      if (!extend(course, sample.timeUs, fill.share)) return;
      courses.set(fill.key, course);
      const forecast = forecastOf(course);
      const judged = {
        verdict: verdictOf(fill.share, course, forecast),
        entities: fillEntities(fill),
        shown: shareText(fill.share),
        reason: () => reasonOf(fill, forecast!),
      };
      alarms.judge(fill.key, sample, judged, report);
    },
    snapshot: () => ({
      filesystems: filesystems.snapshot(),
      courses: courses.snapshot(),
      alarms: alarms.snapshot(),
    }),
    restore(state) {
      const from = (state ?? {}) as { filesystems?: unknown; courses?: unknown; alarms?: unknown };
      filesystems.restore(from.filesystems);
      courses.restore(from.courses);
      alarms.restore(from.alarms);
    },
  };
}

/** @returns whether a point was added; after a clock set back, or a gap, the course begins anew. */
function extend(course: Course, timeUs: number, share: number): boolean {
  const last = course.timesUs.at(-1);
  if (last !== undefined && timeUs >= last && timeUs - last < STEP_US) return false;
  const broken = last !== undefined && (timeUs < last - STEP_US || timeUs > last + RECENT_POINTS * STEP_US);
  if (broken) {
    course.timesUs = [];
    course.shares = [];
  } else if (last !== undefined && timeUs < last) return false;
  course.timesUs.push(timeUs);
  // Six digits: a millionth of a disk is no trend, and snapshots stay small.
  course.shares.push(Math.round(share * 1e6) / 1e6);
  if (course.shares.length > POINTS) {
    course.timesUs.shift();
    course.shares.shift();
  }
  return true;
}

/** @returns null where it does not grow along a line. */
function forecastOf({ timesUs, shares }: Course): Forecast | null {
  if (shares.length < RECENT_POINTS) return null;
  const hours = timesUs.map((timeUs) => (timeUs - timesUs[0]!) / 3.6e9);
  const lines = [
    lineThrough(hours, shares),
    lineThrough(hours.slice(-RECENT_POINTS), shares.slice(-RECENT_POINTS)),
  ];
  if (lines.some(({ slope, fit }) => slope <= 0 || fit < LEAST_FIT)) return null;
  const grownShare = shares.at(-1)! - shares[0]!;
  if (grownShare < LEAST_GROWTH) return null;
  const slowest = Math.min(...lines.map(({ slope }) => slope));
  return {
    hours: (1 - shares.at(-1)!) / slowest,
    grownShare,
    grownUs: timesUs.at(-1)! - timesUs[0]!,
  };
}

function verdictOf(share: number, course: Course, forecast: Forecast | null): Verdict {
  // A course that is no line for a while is not over yet; one that stands still is.
  if (forecast === null)
    return course.shares.at(-1)! - course.shares[0]! < LEAST_GROWTH / 2 ? 'calm' : 'between';
  if (forecast.hours > CALM_HOURS) return 'calm';
  if (share < LEAST_SHARE) return 'between';
  if (forecast.hours <= LIMITS_HOURS[1]) return 1;
  return forecast.hours <= LIMITS_HOURS[0] ? 0 : 'between';
}

function reasonOf(fill: Fill, forecast: Forecast): string {
  const left = fill.of === 'space' ? `${bytesText(fill.free)} left` : `${fill.free} inodes left`;
  const within = hoursText(forecast.grownUs / 3.6e9);
  return (
    `${quoteName(fill.mountPoint)} on ${quoteName(fill.host)} is ${shareText(fill.share)} full (${left}) and grew by ` +
    `${shareText(forecast.grownShare)} of its size within ${within}. Going on like that it is full in about ` +
    `${hoursText(forecast.hours)}. Next: find what is being written (du -xh --max-depth=2, lsof +L1, docker system df).`
  );
}

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['medium', 'high'],
  techniques: [],
  source: "the agent's measurements of file systems",
  why: 'At the pace of the last hour and of all of the last six, a file system at least half full will be full within a day; high when within four hours.',
  falsePositives: ['A long copy or backup onto the disk that ends before the disk does'],
  next: 'Find what is being written, and stop it or make room.',
  keeps:
    '36 readings of each of 2,000 file systems; the one that was not measured for longest is forgotten first.',
  examples: { testedIn: 'libs/detection/src/metrics/disk.test.ts' },
};
