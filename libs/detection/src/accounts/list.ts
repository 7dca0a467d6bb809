import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';
import { historyTampering } from './history-tampering.ts';
import { privilegedGroup } from './privileged-group.ts';
import { rootLogin } from './root-login.ts';
import { serviceAccountLogin } from './service-account-login.ts';
import { sudoFailures } from './sudo-failures.ts';
import { userAdded } from './user-added.ts';

/** What happens to accounts, and what they do to gain rights or to hide. */
export function accountDetectors(settings: DetectionSettings): readonly Detector[] {
  return [
    rootLogin(),
    serviceAccountLogin(),
    sudoFailures({ failures: settings.sudoFailures, windowMs: settings.windowMs }),
    userAdded(),
    privilegedGroup(),
    historyTampering(),
  ];
}
