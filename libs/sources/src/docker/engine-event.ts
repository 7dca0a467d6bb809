import { createHash } from 'node:crypto';
import { type Answer, objectAt, textAt } from './engine-answer.ts';

/** One line of the engine's stream of events. */
export interface EngineEvent {
  /** `container`, `image`, `network`, `volume`, `secret`, `config`, `service`, `node`, `daemon`, … */
  readonly type: string;
  /** `start`, `exec_start: /bin/sh`, `health_status: healthy`, … */
  readonly action: string;
  readonly id: string;
  /** Labels of a container among them. */
  readonly attributes: Answer;
  /** Nanoseconds as the engine counts them; JSON's numbers round them to 256. */
  readonly timeNs: number;
  readonly timeUs: number;
  /** The same for the same event when it is told again. */
  readonly key: string;
}

const KEY_CHARS = 12;

/** Null for what is no event. */
export function parseEngineEvent(line: string): EngineEvent | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  const type = textAt(parsed, 'Type');
  const action = textAt(parsed, 'Action');
  const actor = objectAt(parsed, 'Actor');
  const timeNs = objectAt(parsed).timeNano;
  if (type === undefined || action === undefined) return null;
  if (typeof timeNs !== 'number' || !Number.isFinite(timeNs) || timeNs <= 0) return null;
  const id = textAt(actor, 'ID') ?? '';
  const attributes = objectAt(actor, 'Attributes');
  const rest = [timeNs, type, action, id, textAt(attributes, 'execID') ?? ''].join('\0');
  const key = createHash('sha256').update(rest).digest('base64url').slice(0, KEY_CHARS);
  return { type, action, id, attributes, timeNs, timeUs: Math.floor(timeNs / 1_000), key };
}
