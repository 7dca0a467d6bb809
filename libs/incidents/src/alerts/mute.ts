import { createHash } from 'node:crypto';
import { createAddressSet, parseCidr } from '@suite/config';
import type { Incident } from '@suite/event';
import { plainText } from '../plain-text.ts';

/** What a mute is about. What is given must all hold. */
export interface MuteMatch {
  readonly rule?: string;
  /** Address or CIDR. */
  readonly address?: string;
  readonly user?: string;
  readonly host?: string;
}

export interface MuteRequest {
  readonly match: MuteMatch;
  /** Why it is no news. */
  readonly reason: string;
  /** Who says so. */
  readonly by: string;
  readonly expiresUs: number;
  /** Also hide logins. */
  readonly successes: boolean;
}

export interface Mute extends MuteRequest {
  readonly id: string;
  readonly createdUs: number;
}

/** A mute that is forgotten hides the next intruder. */
export const LONGEST_MUTE_US = 90 * 86_400_000_000;
/** Values that an incident lists of each name; with so many there may be more. */
const LISTED = 20;
const NAMES = { rule: 'rule', address: 'source.address', user: 'user.name', host: 'host.name' } as const;

/** @throws RangeError saying what is wrong with the request. */
export function createMute(request: MuteRequest, nowUs: number): Mute {
  const match = Object.fromEntries(
    Object.entries(request.match)
      .filter(([name, value]) => name in NAMES && typeof value === 'string' && value !== '')
      .map(([name, value]) => [name, String(value).slice(0, 256)]),
  ) as MuteMatch;
  if (Object.keys(match).length === 0)
    throw new RangeError('a mute names a rule, an address, a user or a host');
  if (match.address !== undefined && parseCidr(match.address) === null)
    throw new RangeError(`"${plainText(match.address, 64)}" is neither an address nor a network`);
  const reason = plainText(request.reason.trim(), 500);
  const by = plainText(request.by.trim(), 64);
  if (reason === '') throw new RangeError('a mute needs a reason');
  if (by === '') throw new RangeError('a mute says who made it');
  if (!(request.expiresUs > nowUs)) throw new RangeError('a mute expires in the future');
  if (request.expiresUs - nowUs > LONGEST_MUTE_US) throw new RangeError('a mute lasts 90 days at most');
  const { expiresUs, successes } = request;
  const id = createHash('sha256')
    .update(JSON.stringify(['mute', match, reason, by, expiresUs, successes, nowUs]))
    .digest('hex')
    .slice(0, 16);
  return { id, match, reason, by, expiresUs, successes, createdUs: nowUs };
}

/**
 * Whether the mute hides the incident: everything of the named kinds that takes part in it is covered. An incident
 * with one further address, or with more values than are listed, is not hidden.
 */
export function isMutedBy(mute: Mute, incident: Incident, nowUs: number): boolean {
  if (mute.expiresUs <= nowUs) return false;
  if (incident.success && !mute.successes) return false;
  const { rule, address, user, host } = mute.match;
  if (rule !== undefined && !covers(incident.rules ?? [], (value) => value === rule)) return false;
  if (user !== undefined && !covers(incident.entities[NAMES.user], (value) => value === user)) return false;
  if (host !== undefined && !covers(incident.entities[NAMES.host], (value) => value === host)) return false;
  if (address === undefined) return true;
  const set = createAddressSet([address]);
  return covers(incident.entities[NAMES.address], (value) => set.has(value));
}

export function covers(values: readonly string[] | undefined, includes: (value: string) => boolean): boolean {
  return values !== undefined && values.length > 0 && values.length < LISTED && values.every(includes);
}
