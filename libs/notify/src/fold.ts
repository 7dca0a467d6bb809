import { createHash } from 'node:crypto';
import type { Alert, Level } from '@suite/event';
import type { Outgoing } from './outbox.ts';
import { timeText } from './wording.ts';

const SHOWN = 20;
const ORDER: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical'];

/** Several alerts that waited behind a rate limit, as one message: what happened, without the lines. */
export function foldAlerts(waiting: readonly Outgoing[]): Alert {
  const alerts = waiting.map(({ alert }) => alert);
  const level = ORDER.findLast((one) => alerts.some((alert) => alert.level === one)) ?? 'medium';
  const shown = alerts
    .slice(0, SHOWN)
    .map((alert) => `${timeText(alert.timeUs)}  ${alert.level}  ${alert.title}`);
  const rest = alerts.length - shown.length;
  const ids = createHash('sha256').update(alerts.map(({ id }) => id).join('\n'));
  return {
    id: `folded-${ids.digest('hex').slice(0, 20)}`,
    kind: 'digest',
    level,
    timeUs: Math.max(...alerts.map(({ timeUs }) => timeUs)),
    title: `${alerts.length} more alerts`,
    text: [
      'These came faster than this channel may be written to:',
      ...shown,
      ...(rest > 0 ? [`and ${rest} more`] : []),
    ].join('\n'),
    next: ['Open the console: the incidents with their lines are there.'],
    lines: [],
    entities: {},
  };
}
