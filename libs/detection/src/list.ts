import { historyTampering } from './accounts/history-tampering.ts';
import { privilegedGroup } from './accounts/privileged-group.ts';
import { rootLogin } from './accounts/root-login.ts';
import { sudoFailures } from './accounts/sudo-failures.ts';
import { userAdded } from './accounts/user-added.ts';
import { AllowList } from './allow-list.ts';
import type { Detector } from './port.ts';
import type { DetectionSettings } from './settings.ts';
import { bruteForceAccount } from './ssh/brute-force-account.ts';
import { bruteForceAddress } from './ssh/brute-force-address.ts';
import { newAddress } from './ssh/new-address.ts';
import { successAfterFailures } from './ssh/success-after-failures.ts';
import { userEnumeration } from './ssh/user-enumeration.ts';

/**
 * All detectors that records alone feed, in the order in which they see a record. A new one is a file beside its
 * kin and a line here. `node-silent` is fed by batches and stands in engine.ts.
 */
export function createDetectors(settings: DetectionSettings): readonly Detector[] {
  const allow = new AllowList(settings.allow);
  const fast = { failures: settings.failures, windowMs: settings.windowMs, allow };
  const slow = { failures: settings.slowFailures, windowMs: settings.slowWindowMs, allow, fast };
  return [
    bruteForceAddress(fast, 'fast'),
    bruteForceAddress(slow, 'slow'),
    bruteForceAccount(fast, 'fast'),
    bruteForceAccount(slow, 'slow'),
    userEnumeration({ names: settings.enumerationNames, windowMs: settings.windowMs, allow }),
    successAfterFailures({ failures: settings.failures, windowMs: settings.slowWindowMs }),
    newAddress(),
    rootLogin(),
    sudoFailures({ failures: settings.sudoFailures, windowMs: settings.windowMs }),
    userAdded(),
    privilegedGroup(),
    historyTampering(),
  ];
}
