import type { Event } from '@suite/event';
import type { Scalar } from './flatten.ts';

/** ECS names that a logger may set, to the suite's name and the type that it must have. */
const ADOPTED: Readonly<Record<string, readonly [name: string, type: 'string' | 'number']>> = {
  'host.name': ['host.name', 'string'],
  'service.name': ['service.name', 'string'],
  'process.name': ['process.name', 'string'],
  'process.pid': ['process.pid', 'number'],
  'user.name': ['user.name', 'string'],
  'source.address': ['source.address', 'string'],
  'source.ip': ['source.address', 'string'],
  'source.port': ['source.port', 'number'],
  'url.original': ['url.original', 'string'],
  'url.domain': ['url.domain', 'string'],
  'http.version': ['http.version', 'string'],
  'http.request.method': ['http.request.method', 'string'],
  'http.request.referrer': ['http.request.referrer', 'string'],
  'http.response.status_code': ['http.response.status_code', 'number'],
  'http.response.body.bytes': ['http.response.body.size', 'number'],
  'user_agent.original': ['user_agent.original', 'string'],
};

/**
 * Takes over what a record that declares `ecs.version` says in ECS names. `event.*` is never taken over: what
 * a line means is this suite's word, and detectors act on it.
 */
export function adoptEcs(event: Event, fields: Map<string, Scalar>): void {
  if (typeof fields.get('ecs.version') !== 'string') return;
  for (const [name, value] of fields) {
    const adopted = Object.hasOwn(ADOPTED, name) ? ADOPTED[name]! : undefined;
    if (adopted === undefined || typeof value !== adopted[1]) continue;
    event[adopted[0]] ??= value;
    fields.delete(name);
  }
}
