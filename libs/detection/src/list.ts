import { accountDetectors } from './accounts/list.ts';
import { AllowList } from './allow-list.ts';
import { commandDetectors } from './commands/list.ts';
import { containerDetectors } from './containers/list.ts';
import { firewallDetectors } from './firewall/list.ts';
import { metricDetectors } from './metrics/list.ts';
import type { Detector } from './port.ts';
import { serviceDetectors } from './services/list.ts';
import type { DetectionSettings } from './settings.ts';
import { socketDetectors } from './sockets/list.ts';
import { sshDetectors } from './ssh/list.ts';
import { templateDetectors } from './templates/list.ts';
import { webDetectors } from './web/list.ts';

/**
 * All detectors that records and measurements alone feed, in the order in which they see a record. A new one is a file
 * beside its kin and a line in the list beside it. `node-silent` is fed by batches and stands in engine.ts.
 */
export function createDetectors(settings: DetectionSettings): readonly Detector[] {
  const allow = new AllowList(settings.allow);
  return [
    ...sshDetectors(settings, allow),
    ...accountDetectors(settings),
    ...serviceDetectors(settings, allow),
    ...commandDetectors(settings, allow),
    ...webDetectors(settings, allow),
    ...firewallDetectors(settings, allow),
    ...socketDetectors(settings, allow),
    ...containerDetectors(settings, allow),
    ...metricDetectors(settings, allow),
    ...templateDetectors(settings, allow),
  ];
}
