import { isIP } from 'node:net';
import type { RuleAbout } from '../about.ts';
import type { AllowList } from '../allow-list.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';
import { noteLine } from './note-lines.ts';

const RULE = 'swarm-join-unknown';
const TITLE = 'Unknown node in the Swarm';
const NODES = 1_000;

/**
 * A node joined the Swarm from an address that none of its nodes ever had: it gets secrets, networks and containers.
 * High; medium where the address is next to known ones, or the operator's own. Nodes that TOM finds at its start are known.
 */
export function swarmJoin(allow: AllowList): Detector {
  /** Known by id and by address. */
  const ids = new BoundedMap<string>(NODES);
  const addresses = new BoundedMap<string>(NODES);
  return {
    rule: RULE,
    about: [ABOUT],
    wants: ['swarm_node'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const id = text(event['swarm.node.id']);
      const address = event['source.address'] ?? '';
      const name = text(event['swarm.node.name']);
      if (id === '' || event['event.reason'] === 'removed') return;
      const isKnown = ids.get(id) !== undefined || (address !== '' && addresses.get(address) !== undefined);
      const isFirst = ids.size === 0;
      const usual = [...addresses.entries()].map(([one]) => one);
      ids.set(id, name);
      if (address !== '') addresses.set(address, name);
      if (isKnown || isFirst || event['event.reason'] !== 'joined') return;
      const isNear = allow.has(address) || usual.some((one) => networkOf(one) === networkOf(address));
      const role = text(event['swarm.node.role']) || 'worker';
      report(
        single(
          { rule: RULE, title: TITLE, level: isNear ? 'medium' : 'high', techniques: ['T1133', 'T1610'] },
          record,
          known({
            'host.name': event['host.name'] ?? record.origin.host,
            'source.address': address,
            'swarm.node.name': name,
          }),
          `${quoteName(name || id)} joined the Swarm as ${role} from ${address || 'an address that is not known'}. Known nodes are at ` +
            `${usual.slice(-8).join(', ') || 'no address'}. A node of the Swarm gets its secrets and may be given any container. ` +
            `Next: if none of you added it, docker node update --availability drain ${quoteName(name || id)}, remove it, and rotate the ` +
            `join tokens (docker swarm join-token --rotate ${role}).`,
        ),
      );
    },
    snapshot: () => ({ ids: ids.snapshot(), addresses: addresses.snapshot() }),
    restore(state) {
      const parts = (state ?? {}) as Record<string, unknown>;
      ids.restore(parts.ids);
      addresses.restore(parts.addresses);
    },
  };
}

/** The /24 of an IPv4 address, the first four groups of an IPv6 one: what a home or a rack has. */
function networkOf(address: string): string {
  if (isIP(address) === 4) return address.slice(0, address.lastIndexOf('.'));
  return address.split(':').slice(0, 4).join(':');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const node = (reason: string, atHours: number, id: string, address: string) =>
  noteLine('swarm_node', atHours, {
    'event.reason': reason,
    'swarm.node.id': id,
    'swarm.node.name': `node-${id.slice(0, 3)}`,
    'swarm.node.role': 'worker',
    'source.address': address,
  });
const KNOWN = [
  node('at_start', 0, 'jp3cunl3kdak39kut5sf50rbb', '192.168.1.11'),
  node('at_start', 0, 'qtjzdyihy4d1ejn9j6bie2ufw', '192.168.1.12'),
].join('\n');

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['medium', 'high'],
  techniques: ['T1133', 'T1610'],
  source: "Docker's events on a manager (nodes)",
  why: 'A node that was never part of the Swarm joined it. High from an address outside the networks of the known nodes.',
  falsePositives: ['You added a node'],
  next: 'If none of you added it: drain it, remove it, rotate the join tokens, and change the secrets that it was given.',
  keeps: '1,000 nodes by id and by address; the one that was not seen for longest is forgotten first.',
  examples: {
    match: [
      {
        name: 'from the internet',
        format: 'tom-note',
        log: `${KNOWN}\n${node('joined', 1, 'rb5coxu7hlikk15x24mmn6ouy', '203.0.113.66')}`,
      },
      {
        name: 'from the same network: medium',
        format: 'tom-note',
        log: `${KNOWN}\n${node('joined', 1, 'rb5coxu7hlikk15x24mmn6ouy', '192.168.1.13')}`,
      },
    ],
    ignore: [
      {
        name: 'a known node that was made anew',
        format: 'tom-note',
        log: `${KNOWN}\n${node('joined', 1, 'rb5coxu7hlikk15x24mmn6ouy', '192.168.1.12')}`,
      },
      {
        name: 'the same join, told of by another manager',
        format: 'tom-note',
        log: `${KNOWN}\n${node('updated', 1, 'jp3cunl3kdak39kut5sf50rbb', '192.168.1.11')}`,
      },
    ],
  },
};
