import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';
import { beaconing } from './beaconing.ts';
import { dataOut } from './data-out.ts';
import { Destinations } from './destinations.ts';
import { fanOut } from './fan-out.ts';
import { newDestination } from './new-destination.ts';
import { newListener } from './new-listener.ts';

/** Listeners and connections of the nodes. `network-new-destination` keeps the state of what the others share. */
export function socketDetectors(_settings: DetectionSettings, allow: AllowList): readonly Detector[] {
  const destinations = new Destinations(allow);
  return [
    newListener(),
    newDestination(destinations),
    beaconing(destinations),
    fanOut(destinations),
    dataOut(destinations),
  ];
}
