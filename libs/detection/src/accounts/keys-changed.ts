import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';

const SHAPE = {
  rule: 'authorized-keys-changed',
  title: 'SSH keys of an account changed',
  level: 'high',
  techniques: ['T1098.004'],
} as const;
const PATHS = 2_000;
/** One edit makes several audit records. */
const QUIET_US = 600_000_000;
const KEY_FILE =
  /\/(?:\.ssh\/authorized_keys2?|authorized_keys\/[^/]{1,255}|ssh\/authorized_keys(?:\.d\/[^/]{1,255})?)$/;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['high'],
  source: 'auditd (a watch on authorized_keys)',
  why: 'The file that says which keys may log in to an account was written: a key in it is a door that no new password closes.',
  falsePositives: ['Adding a key of your own, ssh-copy-id, configuration management.'],
  next: 'Read the file (ssh-keygen -lf ~/.ssh/authorized_keys) and take out the keys that nobody knows.',
  keeps: '2,000 paths; the one not seen longest is forgotten first. Told once in ten minutes for each.',
  examples: { testedIn: 'libs/detection/test/accounts.test.ts' },
};

/** authorized_keys was written, renamed into place or removed, as auditd saw it. What was typed is libs/commands' matter. */
export function keysChanged(): Detector {
  const told = new BoundedMap<number>(PATHS);
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['file_changed'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const path = event['file.path'] ?? '';
      if (event['event.outcome'] === 'failure' || path.length > 4096 || !KEY_FILE.test(path)) return;
      const host = event['host.name'] ?? record.origin.host;
      const key = `${host}\0${path}`;
      const last = told.get(key);
      told.set(key, record.timeUs);
      if (last !== undefined && Math.abs(record.timeUs - last) < QUIET_US) return;
      const actor = event['source.user.name'] ?? event['user.name'];
      report(
        single(
          SHAPE,
          record,
          known({ 'user.name': actor, 'host.name': host, 'file.path': path }),
          `${actor ? quoteName(actor) : 'Somebody'} changed ${quoteName(path)} on ${host}: which keys may log in. Until now the file ` +
            'stood as it was. Next: read it (ssh-keygen -lf), and take out the keys that nobody knows.',
        ),
      );
    },
    snapshot: () => told.snapshot(),
    restore: (state) => told.restore(state),
  };
}
