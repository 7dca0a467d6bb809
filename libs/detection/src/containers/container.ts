import type { Event } from '@suite/event';

/** What a record says of a container, as the detectors of this folder need it. */
export interface Container {
  /** What stays when it is made anew: the service's name, else the container's without the task's number. */
  readonly name: string;
  /** For a sentence: `service web`, `container web`. */
  readonly words: string;
  /** Image without tag and digest. */
  readonly image: string;
  readonly risks: readonly string[];
}

/** Swarm's tasks (`web.1.jp3cunl3kdak39kut5sf50rbb`) and Compose's replicas (`app-web-1`) come with changing ends. */
const TASK = /\.(?:\d+|[a-z0-9]{25})\.[a-z0-9]{25}$/;

export function containerOf(event: Event): Container {
  const service = event['service.name'];
  const own = (event['container.name'] ?? event['container.id']?.slice(0, 12) ?? '').replace(TASK, '');
  const name = service ?? own;
  const risk = event['container.risk'];
  return {
    name,
    words: service === undefined ? `container ${own}` : `service ${service}`,
    image: imageName(event['container.image.name'] ?? ''),
    risks: typeof risk === 'string' ? risk.split(', ') : [],
  };
}

/** `registry.lan:5000/team/app:1.2@sha256:…` without tag and digest; Docker's own registry is not named. */
export function imageName(reference: string): string {
  const [path = ''] = reference.split('@', 1);
  const name = path.replace(/:[^:/]*$/, '');
  return name.replace(/^(?:docker\.io|index\.docker\.io)\//, '').replace(/^library\//, '');
}

/** Entities that join detections about the same container. */
export function entitiesOf(event: Event, host: string): Record<string, string | undefined> {
  return {
    'host.name': host,
    'container.id': event['container.id'],
    'container.name': event['container.name'],
    'service.name': event['service.name'],
    'container.image.name': event['container.image.name'],
  };
}
