import { cidr, duration } from '@suite/config';
import { z } from 'zod';

const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const clock = (description: string) =>
  z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 07:30')
    .describe(description);
const days = z
  .array(z.enum(DAYS))
  .min(1)
  .describe('Days on which it begins; left out: every day.')
  .optional();
const name = z.string().min(1).max(64);
const names = (description: string) => z.array(name).max(1000).describe(description).prefault([]);
const addresses = (description: string) => z.array(cidr()).max(1000).describe(description).prefault([]);
const successes = z
  .boolean()
  .describe('Hide logins too. Left out, a login is told whatever else is hidden.')
  .prefault(false);
const hosts = names('Only what happens on these hosts; left out: on all.');
const instant = (description: string) =>
  z.iso
    .datetime({ offset: true, error: 'expected a time such as 2026-11-20T22:00:00+01:00' })
    .describe(description);

const maintenance = z
  .strictObject({
    name: name.describe('What the window is for.'),
    days,
    from: clock('When it begins, weekly; needs `to`.').optional(),
    to: clock('When it ends; not later than `from` means on the next day.').optional(),
    start: instant('When it begins, once; needs `end`.').optional(),
    end: instant('When it ends.').optional(),
    hosts,
    successes,
  })
  .superRefine(({ days, from, to, start, end }, context) => {
    const weekly = from !== undefined && to !== undefined;
    const once = start !== undefined && end !== undefined;
    const half = (from === undefined) !== (to === undefined) || (start === undefined) !== (end === undefined);
    const issue = (message: string) => context.addIssue({ code: 'custom', path: [], message });
    if (half || weekly === once) issue('needs either from and to (weekly), or start and end (once)');
    else if (once && days !== undefined) issue('days are for a weekly window');
    else if (once && Date.parse(end) <= Date.parse(start)) issue('ends before it begins');
  });

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

/** What detections add up to, and what people are told of it. */
export const alerts = z.strictObject({
  min_level: z.enum(LEVELS).describe('Incidents below this are shown, never told.').prefault('medium'),
  budget: z
    .int()
    .min(0)
    .max(1000)
    .describe('Alerts a day; what is beyond goes into the digest. Critical ones are never held back.')
    .prefault(10),
  time_zone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'expected a zone such as Europe/Berlin or UTC')
    .describe('Zone of quiet hours, of the digest and of the times in stories.')
    .prefault('UTC'),
  digest: z
    .strictObject({
      at: clock('When what was held back is told, if there is any.').prefault('08:00'),
    })
    .prefault({}),
  quiet: z
    .array(
      z.strictObject({
        days,
        from: clock('When it begins.'),
        to: clock('When it ends; not later than `from` means on the next day.'),
      }),
    )
    .max(50)
    .describe('Hours in which only high and critical is told; the rest waits for the digest.')
    .prefault([]),
  allow: z
    .strictObject({
      addresses: addresses('Your own: what only these take part in is not told.'),
      users: names('Accounts whose doings are not told, such as those of continuous integration.'),
      successes,
    })
    .prefault({}),
  maintenance: z
    .array(maintenance)
    .max(100)
    .describe('Times in which nothing is told but what is critical, weekly or once.')
    .prefault([]),
  incidents: z
    .strictObject({
      close_after: duration({ minMs: 60_000, maxMs: 604_800_000 })
        .describe('Quiet after which an incident is over.')
        .prefault('1h'),
      close_after_login: duration({ minMs: 60_000, maxMs: 604_800_000 })
        .describe('The same where somebody logged in.')
        .prefault('6h'),
      host_window: duration({ minMs: 1_000, maxMs: 86_400_000 })
        .describe('After a break-in, what happens on the host within so long belongs to it.')
        .prefault('15m'),
      shared_addresses: addresses(
        'Addresses that strangers share (proxies, the ingress gateway): they tie no incidents together.',
      ),
      shared_users: names('Accounts that people share, besides root.'),
    })
    .prefault({}),
});
