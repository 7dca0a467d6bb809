import type { AllowList } from '../allow-list.ts';
import { KnownLogins } from '../known-logins.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';
import { serviceBruteForceAccount } from './brute-force-account.ts';
import { serviceBruteForceAddress } from './brute-force-address.ts';
import { serviceLoginBook } from './login-book.ts';
import { pamFailures } from './pam-failures.ts';
import { serviceSpraying } from './password-spraying.ts';
import { refusedFlood } from './refused-flood.ts';
import { serviceSuccessAfterFailures } from './success-after-failures.ts';

/** Logins to services other than sshd. */
export function serviceDetectors(settings: DetectionSettings, allow: AllowList): readonly Detector[] {
  const known = new KnownLogins();
  const fast = { failures: settings.failures, windowMs: settings.windowMs, allow, known };
  const slow = { failures: settings.slowFailures, windowMs: settings.slowWindowMs, allow, known, fast };
  return [
    serviceBruteForceAddress(fast, 'fast'),
    serviceBruteForceAddress(slow, 'slow'),
    serviceBruteForceAccount(slow),
    serviceSpraying({ accounts: settings.sprayAccounts, windowMs: settings.slowWindowMs, allow, known }),
    serviceSuccessAfterFailures({ failures: settings.failures, windowMs: settings.slowWindowMs, known }),
    // Last: the others ask what was known before this login.
    serviceLoginBook(known),
    pamFailures({ failures: settings.failures, windowMs: settings.windowMs, allow }),
    refusedFlood({ refusals: settings.preauthConnections, windowMs: settings.windowMs, allow }),
  ];
}
