import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';

const SHAPE = {
  rule: 'privileged-group-member',
  title: 'Account put into a privileged group',
  level: 'high',
  techniques: ['T1098.007'],
} as const;

/** Groups whose members are root in all but name. */
export const PRIVILEGED_GROUPS: ReadonlySet<string> = new Set([
  'root',
  'sudo',
  'wheel',
  'admin',
  'docker',
  'lxd',
  'disk',
  'shadow',
  'libvirt',
]);

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['high'],
  source: 'usermod, gpasswd, adduser (auth.log, journald)',
  why: `An account was put into a group that amounts to root: ${[...PRIVILEGED_GROUPS].join(', ')}.`,
  falsePositives: ['Setting up an administrator; installing Docker and adding yourself to its group.'],
  next: 'If you did not do this, take it back with gpasswd -d and look for who did.',
  examples: {
    match: [
      { name: 'usermod', log: "Jan 10 09:00:01 node1 usermod[101]: add 'mallory' to group 'sudo'" },
      {
        name: 'gpasswd',
        log: 'Jan 10 09:00:01 node1 gpasswd[101]: user mallory added by root to group docker',
      },
    ],
    ignore: [
      {
        name: 'a group without power',
        log: "Jan 10 09:00:01 node1 usermod[101]: add 'anna' to group 'audio'",
      },
      { name: 'taken out', log: "Jan 10 09:00:01 node1 usermod[101]: delete 'mallory' from group 'sudo'" },
    ],
  },
};

/** An account became a member of a group that amounts to root. ATT&CK T1098.007. */
export function privilegedGroup(): Detector {
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['group_member_added'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const group = event['group.name'] ?? '';
      if (event['event.outcome'] === 'failure' || !PRIVILEGED_GROUPS.has(group)) return;
      const host = event['host.name'] ?? record.origin.host;
      report(
        single(
          SHAPE,
          record,
          known({ 'user.name': event['user.name'], 'group.name': group, 'host.name': host }),
          `${quoteName(event['user.name'] ?? 'An account')} became a member of ${group} on ${host}, which amounts to root. ` +
            `Next: if you did not do this, take it back with gpasswd -d and look for who did.`,
        ),
      );
    },
    snapshot: () => null,
    restore: () => {},
  };
}
