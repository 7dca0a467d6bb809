import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';
import { bruteForceAccount } from './brute-force-account.ts';
import { bruteForceAddress } from './brute-force-address.ts';
import { newAddress } from './new-address.ts';
import { successAfterFailures } from './success-after-failures.ts';
import { userEnumeration } from './user-enumeration.ts';

/** What SSH logins add up to. */
export function sshDetectors(settings: DetectionSettings, allow: AllowList): readonly Detector[] {
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
  ];
}
