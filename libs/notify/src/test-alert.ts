import type { Alert } from '@suite/event';

/** What `nadir notify test` sends: reads like a real one, and says that it is none. */
export function testAlert(channel: string, nowUs: number): Alert {
  return {
    id: `test-${channel}-${nowUs}`,
    kind: 'test',
    level: 'medium',
    timeUs: nowUs,
    title: 'Test from NADIR: alerts reach you here',
    text: `Somebody ran \`nadir notify test\`; nothing happened. Alerts for "${channel}" come like this one, with why they were sent and what was usual until then.`,
    next: ['Nothing: it works.'],
    lines: [
      {
        id: 'test',
        host: 'node1',
        file: '/var/log/auth.log',
        offset: 0,
        timeUs: nowUs,
        text: 'An alert shows the lines that it rests on, as they stand in the log.',
      },
    ],
    entities: { 'host.name': ['node1'] },
  };
}
