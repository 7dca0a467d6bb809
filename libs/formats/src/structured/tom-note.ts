import type { Event, EventCategory } from '@suite/event';
import { lineFormat } from '../line-format.ts';
import { type JsonObject, parseObject } from './json-object.ts';

const TAMPERING = new Set(['history-truncated', 'history-deleted', 'history-linked-to-null']);

/** What a note of the agent's own may be about, and the category it is filed under. */
const CATEGORIES: ReadonlyMap<string, EventCategory> = new Map([
  ['listener_opened', 'network'],
  ['listener_closed', 'network'],
  ['connection_opened', 'network'],
  ['connection_closed', 'network'],
  ['connection_summary', 'network'],
  ['container_created', 'host'],
  ['container_started', 'host'],
  ['container_stopped', 'host'],
  ['container_exec', 'process'],
  ['container_event', 'host'],
  ['swarm_node', 'host'],
]);

/** Fields that a note may set; all else in it is left out. */
const TEXTS = [
  'event.reason',
  'event.outcome',
  'network.transport',
  'network.direction',
  'server.address',
  'source.address',
  'destination.address',
  'user.name',
  'process.name',
  'process.executable',
  'process.command_line',
  'container.id',
  'container.name',
  'container.image.name',
  'service.name',
  'file.path',
  'swarm.node.id',
  'swarm.node.name',
  'swarm.node.role',
  'swarm.node.state',
  'docker.object.id',
  'docker.object.name',
  'docker.object.type',
] as const;
const NUMBERS = [
  'server.port',
  'source.port',
  'destination.port',
  'network.connections',
  'event.duration',
  'user.id',
  'process.pid',
  'container.exit_code',
] as const;
const FLAGS = ['network.loopback', 'process.deleted', 'process.stdio', 'container.exec.tty'] as const;
/** Lists of texts; one text in the event, joined by `, `. */
const LISTS = ['container.risk', 'swarm.node.managers'] as const;

const TEXT_CHARS = 8_192;

/**
 * What the agent itself saw, as one JSON object a line. Never detected, only named by the agent: a log line must not be
 * able to speak in its place.
 */
export const tomNoteFormat = lineFormat({
  name: 'tom-note',
  title: 'what TOM itself noticed: sockets, containers, an emptied shell history',
  claim: () => 0,
  parse: (text) => {
    const note = parseObject(text);
    if (note === null || typeof note.event !== 'string') return null;
    if (TAMPERING.has(note.event)) return tampering(note, note.event);
    const category = CATEGORIES.get(note.event);
    return category === undefined ? null : noted(note, note.event, category);
  },
});

function tampering(note: JsonObject, event: string): Event {
  return {
    'event.category': 'file',
    'event.action': 'history_file',
    'event.reason': event,
    ...(typeof note.user === 'string' ? { 'user.name': note.user } : {}),
    ...(typeof note.path === 'string' ? { 'file.path': note.path } : {}),
    ...(typeof note.before_bytes === 'number' ? { 'file.size.before': note.before_bytes } : {}),
  };
}

function noted(note: JsonObject, action: string, category: EventCategory): Event {
  const event: Event = { 'event.category': category, 'event.action': action };
  if (Number.isSafeInteger(note.time_us)) event.timeUs = note.time_us as number;
  const fields: Record<string, string | number | boolean | undefined> = event;
  for (const name of TEXTS) {
    const value = note[name];
    if (typeof value === 'string' && value !== '') fields[name] = value.slice(0, TEXT_CHARS);
  }
  for (const name of NUMBERS) if (Number.isFinite(note[name])) fields[name] = note[name] as number;
  for (const name of FLAGS) if (typeof note[name] === 'boolean') fields[name] = note[name];
  for (const name of LISTS) {
    const value = note[name];
    if (!Array.isArray(value)) continue;
    const texts = value.filter((item) => typeof item === 'string' && item !== '');
    if (texts.length > 0) fields[name] = texts.join(', ').slice(0, TEXT_CHARS);
  }
  return event;
}
