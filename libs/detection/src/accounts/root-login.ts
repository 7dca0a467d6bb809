import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';

const SHAPE = {
  rule: 'root-login',
  title: 'Login as root',
  level: 'medium',
  techniques: ['T1078.003'],
} as const;

/** Somebody logged in as root itself, over SSH or on a terminal, instead of as a person with sudo. ATT&CK T1078.003. */
export function rootLogin(): Detector {
  return {
    rule: SHAPE.rule,
    about: [],
    wants: ['ssh_login', 'login'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      if (event['event.outcome'] !== 'success' || event['user.name'] !== 'root') return;
      const host = event['host.name'] ?? record.origin.host;
      const from = event['source.address'];
      report(
        single(
          SHAPE,
          record,
          known({ 'source.address': from, 'user.name': 'root', 'host.name': host }),
          `root logged in to ${host}${from ? ` from ${from}` : ' on a terminal'}` +
            `${event['auth.method'] ? ` by ${event['auth.method']}` : ''}. Such a session cannot be told from any other ` +
            'person’s. Next: use an account of your own with sudo, and set PermitRootLogin no.',
        ),
      );
    },
    snapshot: () => null,
    restore: () => {},
  };
}
