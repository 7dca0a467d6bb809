import type { Incident } from '@suite/event';
import type { WallTime } from '../wall-clock.ts';
import { covers, isMutedBy, type Mute } from './mute.ts';
import type { AlertSettings } from './settings.ts';
import { isInMaintenance } from './window.ts';

export interface Hiding {
  /** Why people are not told of the incident at all, or null. */
  why(incident: Incident, mutes: readonly Mute[], nowUs: number): string | null;
}

/**
 * Mutes, allow-lists, maintenance. A login is hidden only by what says so (`successes`); what is critical is hidden
 * by a mute alone.
 *
 * @param own the operator's addresses.
 */
export function createHiding(
  settings: AlertSettings,
  clock: (timeUs: number) => WallTime,
  own: { has(address: string): boolean },
): Hiding {
  const users = new Set(settings.allow.users);

  const allowed = (incident: Incident): string | null => {
    if (incident.success && !settings.allow.successes) return null;
    if (covers(incident.entities['source.address'], (address) => own.has(address)))
      return 'only your own addresses take part';
    return covers(incident.entities['user.name'], (user) => users.has(user))
      ? 'only accounts of the allow-list take part'
      : null;
  };

  const inMaintenance = (incident: Incident): string | null => {
    const wall = clock(incident.lastUs);
    for (const maintenance of settings.maintenance) {
      if (incident.success && !maintenance.successes) continue;
      if (!isInMaintenance(maintenance, incident.lastUs, wall)) continue;
      const { hosts, name } = maintenance;
      if (hosts.length === 0 || covers(incident.entities['host.name'], (host) => hosts.includes(host)))
        return `maintenance: ${name}`;
    }
    return null;
  };

  return {
    why(incident, mutes, nowUs) {
      const mute = mutes.find((one) => isMutedBy(one, incident, nowUs));
      if (mute !== undefined) return `muted by ${mute.by}: ${mute.reason}`;
      if (incident.level === 'critical') return null;
      return allowed(incident) ?? inMaintenance(incident);
    },
  };
}
