import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { plural, quoteName } from '../wording.ts';

const SHAPE = {
  rule: 'login-unusual-hour',
  title: 'Login at an unusual hour',
  level: 'low',
  techniques: ['T1078'],
} as const;
const USERS = 5_000;
const LEARN_LOGINS = 30;
const LEARN_DAYS = 10;
/** Hours this near to a usual one are usual, too. */
const NEAR_HOURS = 2;
const RARE_SHARE = 0.01;
/** Counts are halved above it: habits of last year fade. */
const FULL = 1_000;
const HOUR_US = 3_600_000_000;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['low'],
  source: 'sshd (auth.log, journald)',
  why: 'An account was used at an hour of the day at which it never is, give or take two. Needs thirty logins on ten days first. Accounts that work around the clock have no unusual hour.',
  falsePositives: ['A night at the keyboard; the clock change, where the log is in local time.'],
  next: 'Look at address and key of the login; ask the person if they are new, too.',
  keeps: '5,000 accounts with 24 counts each; the one not used longest is forgotten first.',
  examples: { testedIn: 'libs/detection/test/logins.test.ts' },
};

interface Habit {
  hours: number[];
  logins: number;
  days: number;
  lastDay: number;
}

/** A login at an hour of the day (by the log's clock) that lies two hours and more from every usual one. */
export function unusualHour(): Detector {
  const users = new BoundedMap<Habit>(USERS);
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: 'attempt',
    observe({ record, attempt }: Observation, report: Report) {
      if (attempt?.outcome !== 'success' || attempt.user === '') return;
      const atHour = Math.floor(record.timeUs / HOUR_US);
      const hour = ((atHour % 24) + 24) % 24;
      const day = Math.floor(atHour / 24);
      const habit = users.get(attempt.user) ?? {
        hours: Array(24).fill(0),
        logins: 0,
        days: 0,
        lastDay: day - 1,
      };
      const learned = habit.logins >= LEARN_LOGINS && habit.days >= LEARN_DAYS;
      if (learned && near(habit.hours, hour) < RARE_SHARE * sum(habit.hours))
        report(
          single(
            SHAPE,
            record,
            known({
              'source.address': attempt.address,
              'user.name': attempt.user,
              'host.name': attempt.host,
            }),
            `${quoteName(attempt.user)} logged in to ${attempt.host} at ${hour}:00 or after. Of ${plural(habit.logins, 'login')} on ` +
              `${plural(habit.days, 'day')} hardly any was within two hours of that; usual is ${usualHours(habit.hours)}. ` +
              'Next: look at address and key of this login; ask the person if they are new, too.',
          ),
        );
      habit.hours[hour]! += 1;
      habit.logins += 1;
      if (day !== habit.lastDay) {
        habit.days += 1;
        habit.lastDay = day;
      }
      if (sum(habit.hours) > FULL) habit.hours = habit.hours.map((n) => n / 2);
      users.set(attempt.user, habit);
    },
    snapshot: () => users.snapshot(),
    restore: (state) => users.restore(state),
  };
}

function near(hours: readonly number[], hour: number): number {
  let found = 0;
  for (let d = -NEAR_HOURS; d <= NEAR_HOURS; d++) found += hours[(hour + d + 24) % 24]!;
  return found;
}

function sum(hours: readonly number[]): number {
  return hours.reduce((a, b) => a + b, 0);
}

/** The three busiest hours, in the order of the day. */
function usualHours(hours: readonly number[]): string {
  const busy = hours
    .map((count, hour) => ({ count, hour }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.hour - b.hour)
    .slice(0, 3)
    .sort((a, b) => a.hour - b.hour);
  return busy.map(({ hour }) => `${hour}:00`).join(', ');
}
