import type { ApiIncident } from '@suite/api/contract';
import { createContext } from 'preact';

export interface IncidentListener {
  /** A new version of one, or what somebody did about it. */
  readonly incident: (incident: ApiIncident) => void;
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
    incident: (incident) => {
      for (const listener of listeners) listener.incident(incident);
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
