/** Notes of the agent for the rules' examples: what `libs/sources` writes, one JSON object a line. */
const START_US = 1_768_000_000_000_000;
const HOUR_US = 3_600_000_000;

/** @param atHours after the beginning of the example. */
export function noteLine(event: string, atHours: number, fields: object): string {
  return JSON.stringify({ event, time_us: START_US + Math.round(atHours * HOUR_US), ...fields });
}

const ID = '8e4e247eaed9a99a61ab319307ec7faa717bc7e5c7c7e25f28a50818e12f561c';

/** An ordinary container that was there from the start: with it, the time of learning begins. */
export const ORDINARY = noteLine('container_started', 0, {
  'event.reason': 'at_start',
  'container.id': ID,
  'container.name': 'blog',
  'container.image.name': 'ghost:5',
});

/** A container made two days later, with risks. */
export function madeLater(risks: readonly string[], more: object = {}): string {
  return noteLine('container_created', 48, {
    'container.id': ID.replace('8e4e', 'c0de'),
    'container.name': 'tool',
    'container.image.name': 'alpine:3.20',
    'container.risk': risks,
    ...more,
  });
}
