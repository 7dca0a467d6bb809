import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';
import { accountChanged } from './account-changed.ts';
import { groupChanged } from './group-changed.ts';
import { historyTampering } from './history-tampering.ts';
import { keysChanged } from './keys-changed.ts';
import { privilegedGroup } from './privileged-group.ts';
import { rootLogin } from './root-login.ts';
import { serviceAccountLogin } from './service-account-login.ts';
import { serviceAccountRoot } from './service-account-root.ts';
import { suFailures } from './su-failures.ts';
import { sudoFailures } from './sudo-failures.ts';
import { sudoShell } from './sudo-shell.ts';
import { sudoersEdited } from './sudoers-edited.ts';
import { userAdded } from './user-added.ts';

/** What happens to accounts, and what they do to gain rights or to hide. */
export function accountDetectors(settings: DetectionSettings): readonly Detector[] {
  const refused = { failures: settings.sudoFailures, windowMs: settings.windowMs };
  return [
    rootLogin(),
    serviceAccountLogin(),
    sudoFailures(refused),
    suFailures(refused),
    serviceAccountRoot(),
    sudoShell(),
    sudoersEdited(),
    userAdded(),
    accountChanged(),
    privilegedGroup(),
    groupChanged(),
    keysChanged(),
    historyTampering(),
  ];
}
