import type { Alert } from '@suite/event';
import type { Spent } from './budget.ts';
import type { Acknowledgement, AlertEntry } from './desk.ts';
import { type HeldBack, nothingHeld } from './digest.ts';
import type { Mute } from './mute.ts';
import type { Known } from './news.ts';

/** What is known of an incident; `digest`: it is among what is held back. */
export type Remembered = Known & { readonly digest: boolean };

/** All that the desk remembers; of each list what was touched longest ago goes first. */
export interface DeskState {
  readonly known: Map<string, Remembered>;
  entries: AlertEntry[];
  due: Alert[];
  held: HeldBack;
  spent: Spent;
  mutes: Mute[];
  readonly acknowledged: Map<string, Acknowledgement>;
}

/** The same as JSON. */
export interface DeskSnapshot extends Omit<DeskState, 'known' | 'acknowledged'> {
  readonly version: 1;
  readonly known: readonly (readonly [string, Remembered])[];
  readonly acknowledged: readonly (readonly [string, Acknowledgement])[];
}

export const LIMITS = { known: 10_000, entries: 200, due: 500, mutes: 1_000, acknowledged: 2_000 } as const;

export function emptyDesk(): DeskState {
  return {
    known: new Map(),
    entries: [],
    due: [],
    held: nothingHeld(),
    spent: { date: '', total: 0, attempts: 0 },
    mutes: [],
    acknowledged: new Map(),
  };
}

/** Remembers under a key as the youngest; the oldest is forgotten beyond the limit. */
export function keep<V>(map: Map<string, V>, key: string, value: V, limit: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > limit) map.delete(map.keys().next().value!);
}

export function deskSnapshot(state: DeskState): DeskSnapshot {
  const { known, acknowledged, ...rest } = state;
  return structuredClone({ version: 1, ...rest, known: [...known], acknowledged: [...acknowledged] });
}

/** @returns null for what is no snapshot of this layout. */
export function deskFrom(value: unknown): DeskState | null {
  if (!isSnapshot(value)) return null;
  const { known, acknowledged, entries, due, held, spent, mutes } = structuredClone(value);
  return { known: new Map(known), acknowledged: new Map(acknowledged), entries, due, held, spent, mutes };
}

function isSnapshot(value: unknown): value is DeskSnapshot {
  if (typeof value !== 'object' || value === null) return false;
  const state = value as Record<string, unknown>;
  const lists = [state.known, state.acknowledged, state.entries, state.due, state.mutes];
  return state.version === 1 && lists.every(Array.isArray) && isObject(state.held) && isObject(state.spent);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
