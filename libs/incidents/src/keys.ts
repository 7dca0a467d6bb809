import type { Detection } from '@suite/event';
import type { Common } from './common-entities.ts';

/** What a detection is about, as keys of the entity graph. Empty where it does not tell. */
export interface Keys {
  /** Sharing one of these is enough: the detection itself, its address, session, container or process. */
  readonly strong: readonly string[];
  /** The one whose doing it is: never an address that many come from. */
  readonly address: string;
  /** The same, where they came to us; empty where a node of ours went to them. */
  readonly visitor: string;
  readonly user: string;
  readonly host: string;
}

export const addressKey = (address: string): string => `a:${address}`;
/** Account and host: strong once somebody logged in to it within the incident. */
export const accountKey = (user: string, host: string): string => `u:${user}\0${host}`;
/** An account under attack, on whichever host. */
export const targetKey = (user: string): string => `t:${user}`;
/** A host in which somebody broke: strong for some minutes. */
export const hostKey = (host: string): string => `h:${host}`;

export function keysOf(detection: Detection, common: Common): Keys {
  const { entities } = detection;
  const user = entities['user.name'] ?? '';
  const host = entities['host.name'] ?? detection.evidence[0]?.host ?? '';
  const { address, visitor } = peerOf(entities, common);
  const strong = [`d:${detection.id}`];
  if (address !== '') strong.push(addressKey(address));
  const session = entities['session.id'];
  if (session !== undefined) strong.push(`s:${host}\0${session}`);
  // A container or a process that serves strangers (a proxy, sshd) does not tie them together.
  if (address === '') {
    const container = entities['container.id'] ?? entities['container.name'];
    if (container !== undefined) strong.push(`c:${host}\0${container}`);
    const pid = entities['process.pid'];
    if (pid !== undefined) strong.push(`p:${host}\0${pid}`);
  }
  return { strong, address, visitor, user, host };
}

/** Of a detection that is to stay alone. */
export function keysOfItself({ id }: Detection): Keys {
  return { strong: [`d:${id}`], address: '', visitor: '', user: '', host: '' };
}

/** The other side: who came, or where a node of ours went. */
function peerOf(
  entities: Readonly<Record<string, string>>,
  common: Common,
): Pick<Keys, 'address' | 'visitor'> {
  const source = entities['source.address'] ?? '';
  const destination = entities['destination.address'] ?? '';
  if (source === '' && destination === '') return { address: '', visitor: '' };
  const outbound = destination !== '' && !common.isPrivate(destination);
  const own = () => source === '' || common.isPrivate(source) || common.address(source);
  if (outbound && own()) return { address: common.address(destination) ? '' : destination, visitor: '' };
  const visitor = common.address(source) ? '' : source;
  return { address: visitor, visitor };
}
