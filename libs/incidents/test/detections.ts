import type { Detection, Incident } from '@suite/event';
import { createIncidents, DEFAULT_INCIDENT_SETTINGS, type IncidentSettings } from '../src/index.ts';
import { newest } from './log.ts';

/** 2026-01-10T03:00:00Z. */
export const T0 = Date.UTC(2026, 0, 10, 3) * 1000;
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

let made = 0;

export interface DetectionParts extends Partial<Detection> {
  /** Seconds after T0. */
  readonly at: number;
}

/** A detection with one line; each is another one unless `id` says otherwise. */
export function detection({ at, ...parts }: DetectionParts): Detection {
  made += 1;
  const timeUs = T0 + at * SECOND;
  const id = parts.id ?? made.toString(16).padStart(20, '0');
  return {
    id,
    version: 1,
    rule: 'some-rule',
    title: 'Something happened',
    level: 'medium',
    timeUs,
    firstUs: timeUs,
    entities: {},
    techniques: [],
    evidence: [
      {
        id: `line of ${id}`,
        host: parts.entities?.['host.name'] ?? '',
        file: '/var/log/x',
        offset: 0,
        timeUs,
        text: 'a line',
      },
    ],
    evidenceCount: 1,
    reason: 'Something happened. Next: look at it.',
    ...parts,
  };
}

export const bruteForce = (at: number, address: string, more: Partial<Detection> = {}): Detection =>
  detection({
    at,
    rule: 'ssh-brute-force-address',
    title: 'SSH brute force from one address',
    techniques: ['T1110.001'],
    evidenceCount: 5,
    reason: `${address} failed to log in 5 times. Next: block it.`,
    ...more,
    entities: { 'source.address': address, 'host.name': 'node2', ...more.entities },
  });

export const accountAttack = (at: number, user: string, more: Partial<Detection> = {}): Detection =>
  detection({
    at,
    rule: 'ssh-brute-force-account',
    title: 'Distributed SSH brute force on one account',
    techniques: ['T1110.001'],
    evidenceCount: 20,
    ...more,
    entities: { 'user.name': user, 'host.name': 'node2' },
  });

export const login = (at: number, address: string, user: string, more: Partial<Detection> = {}): Detection =>
  detection({
    at,
    rule: 'login-new-address',
    title: 'Login from a new address',
    techniques: ['T1078'],
    reason: `${user} logged in from ${address}. Usual until now: 192.168.1.5. Next: ask the person.`,
    ...more,
    entities: { 'source.address': address, 'user.name': user, 'host.name': 'node2', ...more.entities },
  });

export interface Run {
  readonly versions: Incident[];
  readonly incidents: Incident[];
}

export function run(detections: readonly Detection[], settings: Partial<IncidentSettings> = {}): Run {
  const incidents = createIncidents({ ...DEFAULT_INCIDENT_SETTINGS, ...settings });
  const versions: Incident[] = [];
  for (const one of detections) {
    incidents.advance(one.timeUs, (incident) => versions.push(incident));
    incidents.observe(one, (incident) => versions.push(incident));
  }
  return { versions, incidents: newest(versions) };
}
