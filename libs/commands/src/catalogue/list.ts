import { accounts } from './accounts.ts';
import { cloud } from './cloud.ts';
import { collection } from './collection.ts';
import { containers } from './containers.ts';
import { credentialAccess } from './credential-access.ts';
import { defenceEvasion } from './defence-evasion.ts';
import { destruction } from './destruction.ts';
import { discovery } from './discovery.ts';
import { downloadAndRun } from './download-and-run.ts';
import { exfiltration } from './exfiltration.ts';
import { history } from './history.ts';
import { lateralMovement } from './lateral-movement.ts';
import { miner } from './miner.ts';
import { obfuscation } from './obfuscation.ts';
import { persistence } from './persistence.ts';
import type { Indicator } from './port.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { reverseShell } from './reverse-shell.ts';
import { shellEscape } from './shell-escape.ts';
import { tellingNames } from './telling-names.ts';
import { tunnel } from './tunnel.ts';

/** Everything that speaks for an attack. A new one is a row in the file of its kind; a new kind a file and a line here. */
export const CATALOGUE: readonly Indicator[] = [
  ...reverseShell,
  ...containers,
  ...miner,
  ...destruction,
  ...downloadAndRun,
  ...obfuscation,
  ...exfiltration,
  ...tunnel,
  ...credentialAccess,
  ...persistence,
  ...accounts,
  ...privilegeEscalation,
  ...shellEscape,
  ...defenceEvasion,
  ...history,
  ...collection,
  ...lateralMovement,
  ...tellingNames,
  ...cloud,
  ...discovery,
];
