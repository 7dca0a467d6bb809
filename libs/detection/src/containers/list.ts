import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';
import { crashLoop } from './crash-loop.ts';
import { dockerSocket } from './docker-socket.ts';
import { execShell } from './exec-shell.ts';
import { hostMount } from './host-mount.ts';
import { newImage } from './new-image.ts';
import { privilegedContainer } from './privileged.ts';
import { secretRead } from './secret-read.ts';
import { swarmJoin } from './swarm-join.ts';

/** What containers are made of and what is done to them. */
export function containerDetectors(_settings: DetectionSettings, allow: AllowList): readonly Detector[] {
  return [
    privilegedContainer(),
    hostMount(),
    dockerSocket(),
    execShell(),
    secretRead(),
    newImage(),
    crashLoop(),
    swarmJoin(allow),
  ];
}
