import type { Detection, Incident } from '@suite/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIncidents, DEFAULT_INCIDENT_SETTINGS } from '../src/index.ts';
import { accountAttack, bruteForce, detection, login, SECOND, T0 } from './detections.ts';
import { accepted, failures, recordsOf, tell } from './log.ts';

const users = fc.constantFrom('root', 'pi', 'anna');
const addresses = fc.constantFrom('203.0.113.9', '198.51.100.7', '192.0.2.1', '10.0.0.2');
const hosts = fc.constantFrom('node1', 'node2');

const detections = fc
  .array(
    fc.record({
      kind: fc.constantFrom('brute', 'account', 'login', 'deed', 'session', 'again'),
      user: users,
      address: addresses,
      host: hosts,
      waitSeconds: fc.constantFrom(0, 1, 30, 600, 4_000, 30_000, -50),
      technique: fc.constantFrom('T1059', 'T1098', 'T1571', 'T1046'),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let at = 0;
    const made: Detection[] = [];
    for (const [i, { kind, user, address, host, waitSeconds, technique }] of steps.entries()) {
      at += waitSeconds;
      const id = i.toString(16).padStart(20, '0');
      const entities = { 'host.name': host };
      if (kind === 'brute')
        made.push(bruteForce(at, address, { id, entities: { ...entities, 'user.name': user } }));
      else if (kind === 'account') made.push(accountAttack(at, user, { id }));
      else if (kind === 'login') made.push(login(at, address, user, { id, entities }));
      else if (kind === 'deed')
        made.push(
          detection({ at, id, techniques: [technique], entities: { ...entities, 'user.name': user } }),
        );
      else if (kind === 'session')
        made.push(
          detection({ at, id, entities: { ...entities, 'session.id': '4', 'source.address': address } }),
        );
      else if (made.length > 0) {
        const before = made.at(-1)!;
        made.push({ ...before, version: before.version + 1, timeUs: T0 + at * SECOND });
      }
    }
    return made;
  });

function feed(all: readonly Detection[], breakAt: number | null): Incident[] {
  let incidents = createIncidents(DEFAULT_INCIDENT_SETTINGS);
  const versions: Incident[] = [];
  const emit = (incident: Incident) => versions.push(incident);
  for (const [i, one] of all.entries()) {
    if (i === breakAt) {
      const state = JSON.parse(JSON.stringify(incidents.snapshot()));
      incidents = createIncidents(DEFAULT_INCIDENT_SETTINGS);
      expect(incidents.restore(state)).toBe(true);
    }
    incidents.advance(one.timeUs, emit);
    incidents.observe(one, emit);
  }
  return versions;
}

describe('whatever is detected', () => {
  it('gives the same incidents again, also out of a snapshot taken anywhere', () => {
    fc.assert(
      fc.property(detections, fc.nat(60), (all, breakAt) => {
        const once = feed(all, null);
        expect(feed(all, null)).toEqual(once);
        expect(feed(all, breakAt)).toEqual(once);
      }),
      { numRuns: 200 },
    );
  });

  it('counts versions up one by one, keeps every bound and loses no detection', () => {
    fc.assert(
      fc.property(detections, (all) => {
        const versions = feed(all, null);
        const last = new Map<string, Incident>();
        for (const incident of versions) {
          expect(incident.version).toBe((last.get(incident.id)?.version ?? 0) + 1);
          last.set(incident.id, incident);
          expect(incident.timeline.length).toBeLessThanOrEqual(50);
          expect(incident.lines!.length).toBeLessThanOrEqual(5);
          expect(incident.summary).not.toBe('');
          expect(incident.firstUs).toBeLessThanOrEqual(incident.lastUs);
          if (incident.mergedInto !== undefined) expect(last.has(incident.mergedInto)).toBe(true);
        }
        const told = new Set([...last.values()].flatMap((incident) => incident.detections));
        for (const { id } of all) expect(told.has(id)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a log that is read twice', () => {
  it('tells the same stories, ids and versions included', () => {
    const log = [
      ...failures('203.0.113.9', 'pi', { count: 40, every: 2 }),
      ...failures('198.51.100.7', 'root', { count: 10, every: 3 }),
      accepted(90, '203.0.113.9', 'pi'),
    ].join('\n');
    expect(tell(recordsOf(log)).versions).toEqual(tell(recordsOf(log)).versions);
  });
});

describe('a snapshot of another version', () => {
  it('is not restored', () => {
    const incidents = createIncidents(DEFAULT_INCIDENT_SETTINGS);
    for (const state of [null, 1, {}, { version: 99, stories: [], index: [] }])
      expect(incidents.restore(state)).toBe(false);
  });
});
