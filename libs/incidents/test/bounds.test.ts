import type { Incident } from '@suite/event';
import { describe, expect, it } from 'vitest';
import { createIncidents, DEFAULT_INCIDENT_SETTINGS } from '../src/index.ts';
import { bruteForce, login } from './detections.ts';

const address = (i: number): string => `11.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;

/** Fifty times what is kept; the state is the same from then on, a million was tried by hand. */
const FLOOD = 100_000;

describe('a flood of addresses', () => {
  it('grows neither memory nor state beyond the bound, and closes what it forgets', {
    timeout: 60_000,
  }, () => {
    const incidents = createIncidents(DEFAULT_INCIDENT_SETTINGS);
    const model = bruteForce(0, '203.0.113.9');
    let opened = 0;
    let closed = 0;
    const emit = (incident: Incident) => {
      if (incident.version === 1) opened += 1;
      if (incident.closed) closed += 1;
    };
    for (let i = 0; i < FLOOD; i += 1) {
      incidents.observe(
        {
          ...model,
          id: i.toString(16).padStart(20, '0'),
          timeUs: model.timeUs + i * 1_000,
          firstUs: model.timeUs + i * 1_000,
          entities: { 'source.address': address(i), 'host.name': 'node2' },
        },
        emit,
      );
    }
    expect(opened).toBe(FLOOD);
    expect(closed).toBe(FLOOD - 2_000);
    expect(incidents.open()).toHaveLength(2_000);
    expect(JSON.stringify(incidents.snapshot()).length).toBeLessThan(4 * 1024 * 1024);
  });

  it('does not push out the break-in that is going on', () => {
    const incidents = createIncidents(DEFAULT_INCIDENT_SETTINGS);
    const last: Incident[] = [];
    const emit = (incident: Incident) => last.push(incident);
    for (let i = 0; i < 10_000; i += 1) {
      if (i % 1_000 === 0) incidents.observe(login(i, '203.0.113.9', 'pi'), emit);
      incidents.observe(bruteForce(i, address(i)), emit);
    }
    expect(incidents.open().some(({ entities }) => entities['user.name']?.includes('pi'))).toBe(true);
    expect(
      new Set(last.filter(({ entities }) => entities['user.name']?.includes('pi')).map(({ id }) => id)).size,
    ).toBe(1);
  });

  it('within one story keeps the first and the newest of the time line', () => {
    const incidents = createIncidents(DEFAULT_INCIDENT_SETTINGS);
    let newest: Incident | null = null;
    for (let i = 0; i < 500; i += 1)
      incidents.observe(bruteForce(i, '203.0.113.9', { reason: `number ${i}` }), (incident) => {
        newest = incident;
      });
    const texts = newest!.timeline.map(({ text }: { text: string }) => text);
    expect(texts).toHaveLength(50);
    expect(texts.slice(0, 2)).toEqual(['number 0', 'number 1']);
    expect(texts.at(-1)).toBe('number 499');
  });
});
