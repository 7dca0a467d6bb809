import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';

const SHAPE = {
  rule: 'user-added',
  title: 'New account',
  level: 'medium',
  techniques: ['T1136.001'],
} as const;

/** An account was made; one with user id 0 is a second root. ATT&CK T1136.001. */
export function userAdded(): Detector {
  return {
    rule: SHAPE.rule,
    about: [],
    wants: ['user_added'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      if (event['event.outcome'] === 'failure') return;
      const host = event['host.name'] ?? record.origin.host;
      const user = event['user.name'] ?? '';
      const second = event['user.id'] === 0 && user !== 'root';
      report(
        single(
          second ? { ...SHAPE, level: 'critical', title: 'New account with the rights of root' } : SHAPE,
          record,
          known({ 'user.name': user, 'host.name': host }),
          second
            ? `Account ${quoteName(user)} was made on ${host} with user id 0: it is root under another name. ` +
                'Next: remove it (userdel) and find out who made it.'
            : `Account ${quoteName(user)} was made on ${host}. Packages make accounts when they are installed; ` +
                'people and intruders do otherwise. Next: check that you know why.',
        ),
      );
    },
    snapshot: () => null,
    restore: () => {},
  };
}
