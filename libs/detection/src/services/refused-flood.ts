import type { RuleAbout } from '../about.ts';
import type { AllowList } from '../allow-list.ts';
import { isPrivate, withoutMapping } from '../network.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { STORIES_KEPT, Stories, type Story, type StoryShape } from '../stories/story.ts';
import { listNames, plural, quoteName, spanOf } from '../wording.ts';
import { keyOf, partsOf } from './login.ts';

/** Health checks of one's own connect every few seconds and say nothing. */
const PRIVATE_FACTOR = 10;

/** Nobody who means well asks a mail server to pass on mail of strangers to strangers, and again. */
const RELAYS = 8;

const SHAPE = {
  rule: 'service-refused-flood',
  title: 'A service turns one address away again and again',
  level: 'medium',
  techniques: ['T1595', 'T1499.002'],
} as const;

const relay = (count: number) =>
  Array.from(
    { length: count },
    (_, i) =>
      `Jan 10 03:0${Math.floor(i / 10)}:${10 + (i % 10)} node1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[203.0.113.9]: 554 5.7.1 <x${i}@example.com>: Relay access denied; from=<a@example.net> to=<x${i}@example.com> proto=ESMTP helo=<h>`,
  ).join('\n');

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['medium'],
  source: 'mail, FTP, database, VPN and web applications that log whom they turn away',
  why: 'One address is turned away by a service again and again: relays that are looked for (eight times are enough), addresses that are guessed, broken protocol. Private addresses need ten times as much: health checks look like that.',
  falsePositives: ['A mailing list server that does not take no for an answer; monitoring from outside.'],
  next: 'Block the address, or put your own monitoring into detection.allow.',
  keeps: STORIES_KEPT,
  examples: {
    match: [{ name: 'a relay is looked for, eight times', log: relay(8) }],
    ignore: [{ name: 'three refused mails', log: relay(3) }],
  },
};

/** One address is turned away by one service again and again. */
export function refusedFlood(options: { refusals: number; windowMs: number; allow: AllowList }): Detector {
  const shape: StoryShape = {
    ...SHAPE,
    threshold: options.refusals,
    windowUs: options.windowMs * 1000,
    entities: (key, story) => ({
      'source.address': partsOf(key).rest,
      'service.name': partsOf(key).service,
      'host.name': story.evidence[0]!.host,
    }),
    reason: (key, story: Story) =>
      `${quoteName(partsOf(key).service)} turned ${partsOf(key).rest} away ${plural(story.total, 'time')} within ` +
      `${spanOf(story.lastUs - story.firstUs)}${story.names.length > 0 ? ` (${listNames(story)})` : ''}. Clients that mean well give up after a few. ` +
      'Next: block it, or put your own monitoring into detection.allow.',
  };
  const open = new Stories(shape);
  const relays = new Stories({ ...shape, threshold: Math.min(RELAYS, options.refusals) });
  const own = new Stories({ ...shape, threshold: options.refusals * PRIVATE_FACTOR });
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['service_refused'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const address = withoutMapping(event['source.address'] ?? '');
      if (address === '' || options.allow.has(address)) return;
      const service = event['service.name'] ?? event['process.name'] ?? record.format;
      const stories = isPrivate(address) ? own : event['event.reason'] === 'relay_denied' ? relays : open;
      stories.add(
        keyOf(service, address),
        record,
        event['event.reason'] ?? '',
        event['event.count'] ?? 1,
        report,
      );
    },
    snapshot: () => [open.snapshot(), own.snapshot(), relays.snapshot()],
    restore(state) {
      const [first, second, third] = Array.isArray(state) ? state : [];
      open.restore(first);
      own.restore(second);
      relays.restore(third);
    },
  };
}
