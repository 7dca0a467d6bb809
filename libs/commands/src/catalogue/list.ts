import { accounts } from './accounts.ts';
import { bareAddress } from './bare-address.ts';
import { cloud } from './cloud.ts';
import { cluster } from './cluster.ts';
import { collection } from './collection.ts';
import { containers } from './containers.ts';
import { credentialAccess } from './credential-access.ts';
import { credentialHunting } from './credential-hunting.ts';
import { defencesOff } from './defences-off.ts';
import { destruction } from './destruction.ts';
import { discovery } from './discovery.ts';
import { downloadAndRun } from './download-and-run.ts';
import { exfiltration } from './exfiltration.ts';
import { exhaustion } from './exhaustion.ts';
import { exploitation } from './exploitation.ts';
import { foreignCode } from './foreign-code.ts';
import { hiding } from './hiding.ts';
import { history } from './history.ts';
import { lateralMovement } from './lateral-movement.ts';
import { logRemoval } from './log-removal.ts';
import { masquerading } from './masquerading.ts';
import { miner } from './miner.ts';
import { obfuscation } from './obfuscation.ts';
import { persistence } from './persistence.ts';
import type { Indicator } from './port.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { questions } from './questions.ts';
import { reconnaissance } from './reconnaissance.ts';
import { reverseShell } from './reverse-shell.ts';
import { scheduledStart } from './scheduled-start.ts';
import { secretStores } from './secret-stores.ts';
import { shellEscape } from './shell-escape.ts';
import { spying } from './spying.ts';
import { startFiles } from './start-files.ts';
import { surroundings } from './surroundings.ts';
import { tellingNames } from './telling-names.ts';
import { triesEverything } from './tries-everything.ts';
import { tunnel } from './tunnel.ts';
import { watchersEvaded } from './watchers-evaded.ts';

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
  ...credentialHunting,
  ...persistence,
  ...scheduledStart,
  ...startFiles,
  ...accounts,
  ...privilegeEscalation,
  ...shellEscape,
  ...logRemoval,
  ...defencesOff,
  ...masquerading,
  ...history,
  ...collection,
  ...spying,
  ...lateralMovement,
  ...tellingNames,
  ...cloud,
  ...bareAddress,
  ...reconnaissance,
  ...surroundings,
  ...triesEverything,
  ...secretStores,
  ...exploitation,
  ...foreignCode,
  ...exhaustion,
  ...watchersEvaded,
  ...hiding,
  ...cluster,
  ...discovery,
  ...questions,
];
