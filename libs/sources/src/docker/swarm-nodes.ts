import type { Note } from '../notes/note-stream.ts';
import { listAt, objectAt, textAt } from './engine-answer.ts';
import type { EngineClient } from './engine-client.ts';
import type { EngineEvent } from './engine-event.ts';

export interface SwarmNode {
  readonly id: string;
  readonly address: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
}

/** The Swarm's nodes; none where this engine is no manager, or a proxy before it will not say. */
export async function listNodes(client: EngineClient): Promise<readonly SwarmNode[]> {
  const swarm = objectAt(await client.get('/info').catch(() => null), 'Swarm');
  if (swarm.ControlAvailable !== true) return [];
  const answer = await client.get('/nodes');
  return listAt({ answer }, 'answer').flatMap((node) => nodeOf(node) ?? []);
}

/** The node that an event is about, as the manager sees it now; null once it is gone. */
export async function nodeById(id: string, client: EngineClient): Promise<SwarmNode | null> {
  return /^[0-9a-z]{10,40}$/.test(id) ? nodeOf(await client.get(`/nodes/${id}`).catch(() => null)) : null;
}

/** A node that joined, changed, left, or was there at the start. */
export function nodeNote(
  node: SwarmNode | null,
  event: Pick<EngineEvent, 'id' | 'attributes' | 'timeUs'>,
  reason: 'at_start' | 'joined' | 'updated' | 'removed',
): Note {
  const name = textAt(event.attributes, 'name');
  const state = textAt(event.attributes, 'state.new');
  const role = textAt(event.attributes, 'role.new');
  return {
    event: 'swarm_node',
    time_us: event.timeUs,
    'event.reason': reason,
    'swarm.node.id': event.id,
    ...(name === undefined ? {} : { 'swarm.node.name': name }),
    ...node?.fields,
    ...(node?.address === undefined ? {} : { 'source.address': node.address }),
    ...(state === undefined ? {} : { 'swarm.node.state': state }),
    ...(role === undefined ? {} : { 'swarm.node.role': role }),
  };
}

function nodeOf(answer: unknown): SwarmNode | null {
  const id = textAt(answer, 'ID');
  if (id === undefined) return null;
  const status = objectAt(answer, 'Status');
  const name = textAt(objectAt(answer, 'Description'), 'Hostname');
  const role = textAt(objectAt(answer, 'Spec'), 'Role');
  const state = textAt(status, 'State');
  const address = textAt(status, 'Addr');
  return {
    id,
    // A manager knows itself as 0.0.0.0 until it has a leader.
    address: address === '0.0.0.0' ? undefined : address,
    fields: {
      ...(name === undefined ? {} : { 'swarm.node.name': name }),
      ...(role === undefined ? {} : { 'swarm.node.role': role }),
      ...(state === undefined ? {} : { 'swarm.node.state': state }),
    },
  };
}
