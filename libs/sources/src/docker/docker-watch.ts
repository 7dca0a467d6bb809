import type { Note } from '../notes/note-stream.ts';
import {
  after,
  type DockerPosition,
  isNew,
  shortId,
  sinceSec,
  withNode,
  withRunning,
} from './docker-position.ts';
import { listAt, textAt } from './engine-answer.ts';
import type { EngineClient } from './engine-client.ts';
import { type EngineEvent, parseEngineEvent } from './engine-event.ts';
import { inspect, noteOf, runningNote } from './event-notes.ts';
import { createHealthChecks } from './health-checks.ts';
import { listNodes, nodeById, nodeNote } from './swarm-nodes.ts';

export interface DockerWatchOptions {
  readonly client: EngineClient;
  readonly position: DockerPosition;
  /** Nothing was ever told of this engine. */
  readonly isFirst: boolean;
  readonly clock: () => number;
  /** Ships notes; the position becomes durable with them. */
  readonly write: (notes: readonly Note[], position: DockerPosition) => Promise<void>;
}

/** Follows one engine, over as many connections as it takes. */
export interface DockerWatch {
  /** One connection: what happened meanwhile, then what happens. Returns or throws when it ended. */
  follow(onLive: () => void): Promise<void>;
}

const CONTAINERS = 1_000;

export function createDockerWatch(options: DockerWatchOptions): DockerWatch {
  const { client, clock, write } = options;
  const health = createHealthChecks((id) => inspect(id, client));
  let { position } = options;
  let isFirst = options.isFirst;

  /** Containers told of by the list, and until when: their own event may come after it. */
  let listed = new Map<string, number>();

  async function takeLines(lines: readonly string[]): Promise<void> {
    const notes: Note[] = [];
    let next = position;
    for (const line of lines) {
      const event = parseEngineEvent(line);
      if (event === null || !isNew(next, event)) continue;
      const known = after(next, event);
      const [taken, note] = event.type === 'node' ? await takeNode(known, event) : await take(known, event);
      next = taken;
      if (note !== null) notes.push(note);
    }
    if (next === position) return;
    // Of what is not told of, the position alone is not worth a write: it is asked for again, and not told of again.
    const changed = notes.length > 0 || next.running !== position.running;
    position = next;
    if (changed) await write(notes, position);
  }

  async function take(known: DockerPosition, event: EngineEvent): Promise<[DockerPosition, Note | null]> {
    if (event.type !== 'container') return [known, await noteOf(event, client, health)];
    const toldUntilUs = listed.get(shortId(event.id)) ?? 0;
    if (event.action === 'start' && event.timeUs <= toldUntilUs) return [known, null];
    const note = await noteOf(event, client, health);
    if (event.action === 'start') return [withRunning(known, event.id, true), note];
    if (event.action === 'die') return [withRunning(known, event.id, false), note];
    return [known, note];
  }

  async function takeNode(known: DockerPosition, event: EngineEvent): Promise<[DockerPosition, Note | null]> {
    if (event.action === 'remove')
      return [withNode(known, event.id, false), nodeNote(null, event, 'removed')];
    const node = await nodeById(event.id, client);
    if (known.nodes.includes(event.id)) return [known, nodeNote(node, event, 'updated')];
    // A node that joins has no address yet: it is told of once it has one.
    if (node?.address === undefined) return [known, null];
    return [withNode(known, event.id, true), nodeNote(node, event, reasonOf(known))];
  }

  /** What runs and is not known to: all of it at the first start, what the engine forgot to tell at others. */
  async function compare(): Promise<void> {
    const answer = await client.get('/containers/json');
    const untilUs = clock();
    const ids = listAt({ answer }, 'answer').flatMap((one) => textAt(one, 'Id') ?? []);
    const there = new Set(ids.map(shortId));
    const notes: Note[] = [];
    let next = position;
    for (const id of position.running) {
      if (there.has(id)) continue;
      next = withRunning(next, id, false);
      notes.push({
        event: 'container_stopped',
        time_us: untilUs,
        'event.reason': 'unseen',
        'container.id': id,
      });
    }
    for (const id of ids.slice(0, CONTAINERS)) {
      if (position.running.includes(shortId(id))) continue;
      const note = await runningNote(id, untilUs, client, health);
      if (note === null) continue;
      next = withRunning(next, id, true);
      listed.set(shortId(id), untilUs);
      notes.push(note);
    }
    for (const node of await listNodes(client)) {
      if (next.nodes.includes(node.id)) continue;
      next = withNode(next, node.id, true);
      const seen = { id: node.id, attributes: {}, timeUs: untilUs };
      notes.push(nodeNote(node, seen, reasonOf(position)));
    }
    position = next;
    isFirst = false;
    await write(notes, position);
  }

  return {
    async follow(onLive) {
      listed = new Map();
      const since = sinceSec(position);
      // First what the engine remembers, so that the comparison finds only what it does not.
      const untilSec = clock() / 1e6;
      if (!isFirst) await client.events({ sinceSec: since, untilSec }, takeLines);
      await compare();
      await client.events({ sinceSec: sinceSec(position), onOpen: onLive }, takeLines);
    },
  };
}

/** The nodes that are told of first are those that were there: this engine has only now become a manager. */
function reasonOf(position: DockerPosition): 'at_start' | 'joined' {
  return position.nodes.length === 0 ? 'at_start' : 'joined';
}
