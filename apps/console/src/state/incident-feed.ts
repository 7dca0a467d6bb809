import type { ApiIncident } from '@suite/api/contract';
import { createContext } from 'preact';

export interface IncidentListener {
  /** New versions, or what somebody did about one. */
  readonly incidents: (batch: readonly ApiIncident[]) => void;
  /** The stream was away: what went by is to be fetched. */
  readonly again: () => void;
}

/** Hands what the one live stream says of incidents to whoever shows some. */
export interface IncidentFeed extends IncidentListener {
  /** @returns how to leave. */
  readonly subscribe: (listener: IncidentListener) => () => void;
}

export function createIncidentFeed(): IncidentFeed {
  const listeners = new Set<IncidentListener>();
  return {
    incidents: (batch) => {
      for (const listener of listeners) listener.incidents(batch);
    },
    again: () => {
      for (const listener of listeners) listener.again();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export const Feed = createContext<IncidentFeed>(createIncidentFeed());
