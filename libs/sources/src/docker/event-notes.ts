import type { Note } from '../notes/note-stream.ts';
import { attributedFields, inspectedFields } from './container-facts.ts';
import { objectAt, textAt } from './engine-answer.ts';
import type { EngineClient } from './engine-client.ts';
import type { EngineEvent } from './engine-event.ts';
import type { HealthChecks } from './health-checks.ts';

/** Told of by another event (`die`, `exec_start`), or of no use to anybody. */
const QUIET = new Set([
  'container exec_create',
  'container exec_die',
  'container exec_detach',
  'container kill',
  'container stop',
  'container restart',
  'container top',
  'container resize',
  'container detach',
  'network connect',
  'network disconnect',
  'volume mount',
  'volume unmount',
]);

/** What an event means, or null where it is not told of. Asks the engine for what the event leaves out. */
export async function noteOf(
  event: EngineEvent,
  client: EngineClient,
  health: HealthChecks,
): Promise<Note | null> {
  const { type, attributes, id, timeUs } = event;
  const [action = '', detail] = event.action.split(/: (.*)/s, 2);
  if (QUIET.has(`${type} ${action}`)) return null;
  if (type !== 'container') return otherNote(event);
  const fields = attributedFields(id, attributes);
  switch (action) {
    case 'create':
    case 'start': {
      const inspected = await inspect(id, client);
      if (inspected !== null) health.learn(id, inspected);
      const known = inspected === null ? {} : inspectedFields(id, inspected);
      const name = action === 'create' ? 'container_created' : 'container_started';
      return { event: name, time_us: timeUs, ...fields, ...present(known) };
    }
    case 'die': {
      const code = Number(textAt(attributes, 'exitCode'));
      const exit = Number.isInteger(code) ? { 'container.exit_code': code } : {};
      return { event: 'container_stopped', time_us: timeUs, ...fields, ...exit };
    }
    case 'exec_start': {
      const command = detail ?? '';
      if (await health.isCheck(id, command)) return null;
      const execution = await details(textAt(attributes, 'execID'), client);
      return {
        event: 'container_exec',
        time_us: timeUs,
        ...fields,
        'process.command_line': command,
        ...execution,
      };
    }
    default:
      return { event: 'container_event', time_us: timeUs, 'event.reason': event.action, ...fields };
  }
}

/** A container that ran when TOM began to look, or that started while nobody told. */
export async function runningNote(
  id: string,
  timeUs: number,
  client: EngineClient,
  health: HealthChecks,
): Promise<Note | null> {
  const inspected = await inspect(id, client);
  if (inspected === null) return null;
  health.learn(id, inspected);
  return {
    event: 'container_started',
    time_us: timeUs,
    'event.reason': 'at_start',
    ...inspectedFields(id, inspected),
  };
}

function otherNote({ type, action, id, attributes, timeUs }: EngineEvent): Note {
  const name = textAt(attributes, 'name');
  return {
    event: 'container_event',
    time_us: timeUs,
    'event.reason': `${type}_${action}`,
    'docker.object.type': type,
    'docker.object.id': id,
    ...(name === undefined ? {} : { 'docker.object.name': name }),
    ...(type === 'image' ? { 'container.image.name': action === 'pull' ? id : (name ?? id) } : {}),
  };
}

/** Null once it is gone, since containers end while they are looked at, and where the engine will not say. */
export async function inspect(id: string, client: EngineClient): Promise<unknown> {
  return /^[0-9a-f]{12,64}$/.test(id) ? client.get(`/containers/${id}/json`).catch(() => null) : null;
}

async function details(
  execId: string | undefined,
  client: EngineClient,
): Promise<Record<string, boolean | string | string[]>> {
  if (execId === undefined || !/^[0-9a-f]{64}$/.test(execId)) return {};
  const config = objectAt(await client.get(`/exec/${execId}/json`).catch(() => null), 'ProcessConfig');
  const user = textAt(config, 'user');
  return {
    'container.exec.tty': config.tty === true,
    ...(user === undefined ? {} : { 'user.name': user }),
    ...(config.privileged === true ? { 'container.risk': ['privileged'] } : {}),
  };
}

function present(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
