import type { EngineEvent } from './engine-event.ts';

/** How far the engine's events were told of; kept with the notes that were made of them. */
export interface DockerPosition {
  readonly v: 1;
  /** Time of the newest event taken, or of the first start. */
  readonly atNs: number;
  /** Events before it are not told of: they were before the first start. */
  readonly fromNs: number;
  /** Events of the last seconds, by key and time: the engine is asked for them again, since it may tell them out of order. */
  readonly recent: readonly (readonly [key: string, timeNs: number])[];
  /** Containers that run, as far as is known: the first 12 characters of their ids. */
  readonly running: readonly string[];
  /** Nodes of the Swarm that were told of. */
  readonly nodes: readonly string[];
}

const OVERLAP_NS = 10e9;
/** As many as the engine remembers. */
const RECENT = 256;
const RUNNING = 1_000;
const NODES = 200;

export function firstPosition(nowUs: number): DockerPosition {
  const atNs = nowUs * 1_000;
  return { v: 1, atNs, fromNs: atNs, recent: [], running: [], nodes: [] };
}

/** From where to ask again. */
export function sinceSec({ atNs }: DockerPosition): number {
  return Math.max(0, Math.floor((atNs - OVERLAP_NS) / 1e9));
}

export function isNew({ recent, atNs, fromNs }: DockerPosition, event: EngineEvent): boolean {
  if (event.timeNs < fromNs || event.timeNs < atNs - OVERLAP_NS) return false;
  return !recent.some(([key]) => key === event.key);
}

export function after(position: DockerPosition, event: EngineEvent): DockerPosition {
  const atNs = Math.max(position.atNs, event.timeNs);
  const recent = [...position.recent, [event.key, event.timeNs] as const]
    .filter(([, timeNs]) => timeNs >= atNs - OVERLAP_NS)
    .slice(-RECENT);
  return { ...position, atNs, recent };
}

export function withRunning(position: DockerPosition, id: string, runs: boolean): DockerPosition {
  const short = shortId(id);
  const others = position.running.filter((other) => other !== short);
  return { ...position, running: runs ? [...others, short].slice(-RUNNING) : others };
}

export function withNode(position: DockerPosition, id: string, isThere: boolean): DockerPosition {
  const others = position.nodes.filter((other) => other !== id);
  return { ...position, nodes: isThere ? [...others, id].slice(-NODES) : others };
}

export function shortId(id: string): string {
  return id.slice(0, 12);
}

/** Reads a position back; null for anything else. */
export function parsePosition(value: unknown): DockerPosition | null {
  if (typeof value !== 'object' || value === null) return null;
  const { v, atNs, fromNs, recent, running, nodes } = value as Record<string, unknown>;
  if (v !== 1 || typeof atNs !== 'number' || typeof fromNs !== 'number') return null;
  if (!Array.isArray(recent) || !Array.isArray(running) || !Array.isArray(nodes)) return null;
  return { v, atNs, fromNs, recent, running, nodes };
}
