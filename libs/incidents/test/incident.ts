import type { Incident } from '@suite/event';

/** 2026-01-12T12:00:00Z, a Monday. */
export const NOON = Date.UTC(2026, 0, 12, 12) * 1000;
export const MINUTE_US = 60_000_000;
export const HOUR_US = 60 * MINUTE_US;
export const DAY_US = 24 * HOUR_US;

let made = 0;

/** An incident that ended just now; each is another one unless `id` says otherwise. */
export function incident(parts: Partial<Incident> = {}): Incident {
  made += 1;
  const lastUs = parts.lastUs ?? NOON;
  return {
    id: `i${made}`,
    version: 1,
    level: 'medium',
    title: 'SSH brute force from one address by 203.0.113.9 on node2',
    summary: '203.0.113.9 tried 5 passwords on node2 over 10 seconds.',
    firstUs: lastUs - MINUTE_US,
    lastUs,
    closed: false,
    entities: { 'source.address': ['203.0.113.9'], 'host.name': ['node2'], 'user.name': ['pi'] },
    techniques: ['T1110.001'],
    detections: ['d1'],
    detectionCount: 1,
    timeline: [
      {
        timeUs: lastUs,
        level: 'medium',
        text: '203.0.113.9 failed to log in 5 times; 5 within 10 minutes count as an attack.',
        rule: 'ssh-brute-force-address',
        detectionId: 'd1',
      },
    ],
    next: ['Block it at the firewall.'],
    rules: ['ssh-brute-force-address'],
    success: false,
    lines: [
      {
        id: 'a'.repeat(24),
        host: 'node2',
        file: '/var/log/auth.log',
        offset: 0,
        timeUs: lastUs,
        text: 'Failed password for pi from 203.0.113.9 port 4000 ssh2',
      },
    ],
    ...parts,
  };
}

/** The same incident later, as another version. */
export function later(before: Incident, parts: Partial<Incident>): Incident {
  return { ...before, version: before.version + 1, ...parts };
}

export const loggedIn = (parts: Partial<Incident> = {}): Incident =>
  incident({
    title: 'Login from a new address by 203.0.113.9 on node2',
    summary: '203.0.113.9 logged in as pi on node2 at 12:00.',
    techniques: ['T1078'],
    rules: ['login-new-address'],
    success: true,
    ...parts,
  });
