import { riskOf } from './container-risk.ts';
import { objectAt, textAt, textsAt } from './engine-answer.ts';

/** Fields of a note about a container; names as in the event. */
export type ContainerFields = Readonly<Record<string, string | readonly string[] | undefined>>;

const SERVICE_LABELS = ['com.docker.swarm.service.name', 'com.docker.compose.service'];

/** From `GET /containers/ID/json`. Environment and arguments are left where they are: they hold secrets. */
export function inspectedFields(id: string, inspected: unknown): ContainerFields {
  const config = objectAt(inspected, 'Config');
  const risk = riskOf(inspected);
  return {
    'container.id': id,
    'container.name': textAt(inspected, 'Name')?.replace(/^\//, ''),
    'container.image.name': textAt(config, 'Image'),
    'service.name': serviceOf(objectAt(config, 'Labels')),
    ...(risk.length === 0 ? {} : { 'container.risk': risk }),
  };
}

/** From an event's attributes. */
export function attributedFields(id: string, attributes: unknown): ContainerFields {
  return {
    'container.id': id,
    'container.name': textAt(attributes, 'name'),
    'container.image.name': textAt(attributes, 'image'),
    'service.name': serviceOf(attributes),
  };
}

/** The command that the container's health check runs, as the engine names it in events; null without one. */
export function healthCommandOf(inspected: unknown): string | null {
  const config = objectAt(inspected, 'Config');
  const [kind, ...rest] = textsAt(objectAt(config, 'Healthcheck'), 'Test');
  if (kind === 'CMD') return rest.join(' ');
  if (kind !== 'CMD-SHELL') return null;
  const shell = textsAt(config, 'Shell');
  return [...(shell.length > 0 ? shell : ['/bin/sh', '-c']), ...rest].join(' ');
}

function serviceOf(labels: unknown): string | undefined {
  for (const label of SERVICE_LABELS) {
    const name = textAt(labels, label);
    if (name !== undefined) return name;
  }
  return undefined;
}
