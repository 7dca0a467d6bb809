import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';
import { PRIVILEGED_GROUPS } from './privileged-group.ts';

const SHAPE = {
  rule: 'privileged-group-changed',
  title: 'A privileged group was changed',
  level: 'low',
  techniques: ['T1098.007', 'T1531'],
} as const;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['low'],
  source: 'usermod, gpasswd, groupmod, groupdel, deluser (auth.log, journald)',
  why: 'Somebody was taken out of a group that amounts to root, or such a group was renamed, removed, or given a password: that locks people out, or lets others in later.',
  falsePositives: ['Tidying up accounts.'],
  next: 'Check with getent group that the members are the ones you want.',
  examples: {
    match: [
      {
        name: 'taken out of sudo',
        log: "Jan 10 09:00:01 node1 usermod[101]: delete 'anna' from group 'sudo'",
      },
      {
        name: 'a password for wheel',
        log: 'Jan 10 09:00:01 node1 gpasswd[101]: password of group wheel changed by root',
      },
    ],
    ignore: [
      {
        name: 'a group without power',
        log: "Jan 10 09:00:01 node1 usermod[101]: delete 'anna' from group 'audio'",
      },
      {
        name: 'the shadow half of the same change',
        log: "Jan 10 09:00:01 node1 usermod[101]: delete 'anna' from shadow group 'sudo'",
      },
    ],
  },
};

/** A group that amounts to root lost a member, or was itself changed. */
export function groupChanged(): Detector {
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['group_member_removed', 'group_modified', 'group_deleted'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const group = event['group.name'] ?? '';
      if (event['event.outcome'] === 'failure' || !PRIVILEGED_GROUPS.has(group)) return;
      if (event['event.reason'] === 'gshadow') return;
      const host = event['host.name'] ?? record.origin.host;
      const user = event['user.name'];
      const what =
        event['event.action'] === 'group_member_removed'
          ? `${quoteName(user ?? 'An account')} was taken out of ${group}`
          : event['event.action'] === 'group_deleted'
            ? `Group ${group} was removed`
            : `Group ${group} itself was changed`;
      report(
        single(
          SHAPE,
          record,
          known({ 'user.name': user, 'group.name': group, 'host.name': host }),
          `${what} on ${host}. The members of ${group} are root in all but name. Next: check with getent group ${group} that they are ` +
            'the ones you want.',
        ),
      );
    },
    snapshot: () => null,
    restore: () => {},
  };
}
