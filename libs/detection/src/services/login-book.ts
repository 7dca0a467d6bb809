import type { KnownLogins } from '../known-logins.ts';
import type { Detector, Observation } from '../port.ts';
import { serviceLogin } from './login.ts';

/** Reports nothing: writes down who was let in from where, for the detectors that ask. */
export function serviceLoginBook(known: KnownLogins): Detector {
  return {
    rule: 'service-login-book',
    about: [],
    wants: ['service_login'],
    observe({ record }: Observation) {
      const login = serviceLogin(record);
      if (login?.outcome === 'success' && login.user !== '') known.learn(login.user, login.address);
    },
    snapshot: () => known.snapshot(),
    restore: (state) => known.restore(state),
  };
}
