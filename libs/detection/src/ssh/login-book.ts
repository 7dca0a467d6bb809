import type { KnownLogins } from '../known-logins.ts';
import type { Detector, Observation } from '../port.ts';

/** Reports nothing: writes down who was let in from where over SSH, for the detectors that ask. */
export function loginBook(known: KnownLogins): Detector {
  return {
    rule: 'ssh-login-book',
    about: [],
    wants: 'attempt',
    observe({ attempt }: Observation) {
      if (attempt?.outcome === 'success' && attempt.address !== '' && attempt.user !== '')
        known.learn(attempt.user, attempt.address);
    },
    snapshot: () => known.snapshot(),
    restore: (state) => known.restore(state),
  };
}
