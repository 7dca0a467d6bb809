import type { AllowList } from '../allow-list.ts';
import { KnownLogins } from '../known-logins.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';
import { bruteForceAccount } from './brute-force-account.ts';
import { bruteForceAddress } from './brute-force-address.ts';
import { loginBook } from './login-book.ts';
import { newAddress } from './new-address.ts';
import { newKey } from './new-key.ts';
import { newNetwork } from './new-network.ts';
import { passwordSpraying } from './password-spraying.ts';
import { preauth } from './preauth.ts';
import { sprayingDistributed } from './spraying-distributed.ts';
import { successAfterFailures } from './success-after-failures.ts';
import { unusualHour } from './unusual-hour.ts';
import { userEnumeration } from './user-enumeration.ts';

/** What SSH logins add up to. */
export function sshDetectors(settings: DetectionSettings, allow: AllowList): readonly Detector[] {
  const known = new KnownLogins();
  const fast = { failures: settings.failures, windowMs: settings.windowMs, allow, known };
  const slow = { failures: settings.slowFailures, windowMs: settings.slowWindowMs, allow, known, fast };
  return [
    bruteForceAddress(fast, 'fast'),
    bruteForceAddress(slow, 'slow'),
    bruteForceAccount(fast, 'fast'),
    bruteForceAccount(slow, 'slow'),
    userEnumeration({ names: settings.enumerationNames, windowMs: settings.windowMs, allow }),
    passwordSpraying({ accounts: settings.sprayAccounts, windowMs: settings.slowWindowMs, allow, known }),
    sprayingDistributed({ windowMs: settings.slowWindowMs, allow, known }),
    preauth({
      connections: settings.preauthConnections,
      malformed: settings.failures,
      windowMs: settings.windowMs,
      allow,
    }),
    successAfterFailures({ failures: settings.failures, windowMs: settings.slowWindowMs, known }),
    // Behind those that ask what was known before this login.
    loginBook(known),
    newAddress(),
    newNetwork(),
    newKey(),
    unusualHour(),
  ];
}
