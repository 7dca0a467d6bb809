import type { RuleAbout } from '../about.ts';
import type { AllowList } from '../allow-list.ts';
import { isPrivate } from '../network.ts';
import type { Detector, Observation, Report } from '../port.ts';
import type { FirewallSettings } from '../settings.ts';
import { Stories, type Story, type StoryShape } from '../stories/story.ts';
import { listNames, plural, spanOf } from '../wording.ts';
import { FLOOD, HORIZONTAL, VERTICAL, VERTICAL_SLOW } from './about.ts';
import { packetOf } from './packet.ts';

/** So much less a packet weighs that was let through. */
const ALLOWED_FACTOR = 3;
const SLOW_FACTOR = 2;
const MINUTE_US = 60_000_000;

type Kind = 'ports' | 'portsAllowed' | 'portsSlow' | 'hosts' | 'flood';

/** What logged packets add up to: one host's ports, many hosts' port, one port's flood. */
export function scans(options: FirewallSettings & { readonly allow: AllowList }): Detector {
  const windowUs = options.windowMs * 1000;
  const vertical = shapeOf(VERTICAL, options.ports, windowUs, portsReason(VERTICAL));
  const stories: Readonly<Record<Kind, Stories>> = {
    ports: new Stories(vertical),
    portsAllowed: new Stories({ ...vertical, threshold: options.ports * ALLOWED_FACTOR }),
    portsSlow: new Stories({
      ...shapeOf(
        VERTICAL_SLOW,
        options.ports * SLOW_FACTOR,
        options.slowWindowMs * 1000,
        portsReason(VERTICAL_SLOW),
      ),
      // As fast as this, the fast rule has told already.
      holds: (story) => {
        const sinceUs = story.lastUs - windowUs;
        return story.times.filter((timeUs) => timeUs >= sinceUs).length < options.ports;
      },
    }),
    hosts: new Stories({
      ...shapeOf(HORIZONTAL, options.hosts, windowUs, hostsReason),
      level: (key) => (isPrivate(sourceOf(key)) ? 'medium' : 'low'),
      entities: (key, story) => ({
        'source.address': sourceOf(key),
        'destination.port': restOf(key),
        'host.name': story.evidence[0]!.host,
      }),
    }),
    flood: new Stories({
      ...shapeOf(FLOOD, options.packetsPerMinute, MINUTE_US, floodReason),
      distinct: false,
      entities: (key, story) => ({ 'source.address': sourceOf(key), 'host.name': story.evidence[0]!.host }),
    }),
  };

  return {
    rule: 'firewall-scans',
    about: [VERTICAL, VERTICAL_SLOW, HORIZONTAL, FLOOD],
    wants: ['firewall_packet'],
    observe({ record }: Observation, report: Report) {
      const packet = packetOf(record);
      if (packet === null || options.allow.has(packet.source)) return;
      const { source, destination, port, transport, blocked } = packet;
      const byHost = `${source}\0${destination}`;
      const name = `${transport}/${port}`;
      if (port > 0) {
        stories[blocked ? 'ports' : 'portsAllowed'].add(byHost, record, name, 1, report);
        if (blocked) {
          stories.portsSlow.add(byHost, record, name, 1, report);
          stories.hosts.add(`${source}\0${name}`, record, destination, 1, report);
        }
      }
      if (blocked)
        stories.flood.add(`${byHost}\0${name}`, record, '', record.event!['event.count'] ?? 1, report);
    },
    snapshot: () =>
      Object.fromEntries(Object.entries(stories).map(([kind, kept]) => [kind, kept.snapshot()])),
    restore(state) {
      const saved = (state ?? {}) as Record<string, unknown>;
      for (const [kind, kept] of Object.entries(stories)) kept.restore(saved[kind]);
    },
  };
}

function shapeOf(
  about: RuleAbout,
  threshold: number,
  windowUs: number,
  reason: (key: string, story: Story) => string,
): StoryShape {
  return {
    rule: about.rule,
    title: about.title,
    level: about.levels[0]!,
    techniques: about.techniques,
    threshold,
    windowUs,
    distinct: true,
    entities: (key, story) => ({
      'source.address': sourceOf(key),
      'destination.address': restOf(key),
      'host.name': story.evidence[0]!.host,
    }),
    reason,
  };
}

const sourceOf = (key: string): string => key.slice(0, key.indexOf('\0'));
const restOf = (key: string): string => key.slice(key.indexOf('\0') + 1);
const over = (story: Story): string => spanOf(story.lastUs - story.firstUs);

function portsReason(about: RuleAbout) {
  return (key: string, story: Story): string =>
    `${sourceOf(key)} tried ${plural(story.names.length + story.moreNames, 'port')} of ${restOf(key)} within ${over(story)} ` +
    `(${listNames(story, 6)}). Who wants a service tries its port. Next: ${about.next}`;
}

function hostsReason(key: string, story: Story): string {
  return (
    `${sourceOf(key)} tried ${restOf(key)} on ${plural(story.names.length + story.moreNames, 'host')} within ${over(story)} ` +
    `(${listNames(story)}). ${isPrivate(sourceOf(key)) ? 'It is in your own network: who looks for the next machine does that. ' : ''}` +
    `Next: ${HORIZONTAL.next}`
  );
}

function floodReason(key: string, story: Story): string {
  const [, destination = '', name = ''] = key.split('\0');
  return (
    `${sourceOf(key)} sent ${plural(story.total, 'packet')} to ${destination} ${name} within ${over(story)}, and none was let through. ` +
    `Next: ${FLOOD.next}`
  );
}
