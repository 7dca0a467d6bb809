import type { Incident } from '@suite/event';
import type { Acknowledgement, AlertEntry, Mute, MuteRequest } from '@suite/incidents';

/** What an operator may do about alerts. Each change is durable when it resolves, and logged with who made it. */
export interface OperatorDesk {
  /** What was told and what was held back, newest first. */
  entries(): readonly AlertEntry[];
  acknowledged(incidentId: string): Acknowledgement | null;
  acknowledge(incident: Incident, by: string, note: string): Promise<Acknowledgement>;
  /** Those in force. */
  mutes(): readonly Mute[];
  /** @throws RangeError saying what is wrong with it. */
  mute(request: MuteRequest): Promise<Mute>;
  /** @returns what was lifted, or null. */
  unmute(id: string, by: string): Promise<Mute | null>;
}
