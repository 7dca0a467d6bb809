import { createAlertDesk, DEFAULT_ALERT_SETTINGS } from '@suite/incidents';
import type { OperatorDesk } from '../src/index.ts';

/** An alert desk that forgets with the process. */
export function memoryOperator(clockUs: () => number) {
  const desk = createAlertDesk(DEFAULT_ALERT_SETTINGS);
  const operator: OperatorDesk = {
    entries: () => desk.entries(),
    acknowledged: (id) => desk.acknowledged(id),
    acknowledge: async (incident, by, note) =>
      desk.acknowledge(incident.id, incident.level, by, note, clockUs()),
    mutes: () => desk.mutes(clockUs()),
    mute: async (request) => desk.mute(request, clockUs()),
    unmute: async (id) => desk.unmute(id),
  };
  return { desk, operator };
}
