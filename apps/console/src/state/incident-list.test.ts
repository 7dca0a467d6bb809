import type { ApiIncident, Level } from '@suite/api/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches, mergeIncidents, mostPressing, wantsEyes } from './incident-list.ts';

const DAY_US = 86_400_000_000;
const NOW_US = 100 * DAY_US;

function incident(id: string, more: Partial<ApiIncident> = {}): ApiIncident {
  return {
    id,
    version: 1,
    level: 'high',
    title: '',
    summary: '',
    first: '',
    firstUs: NOW_US,
    last: '',
    lastUs: NOW_US,
    open: true,
    success: false,
    entities: {},
    techniques: [],
    rules: [],
    detectionIds: [],
    detectionCount: 0,
    timeline: [],
    next: [],
    lines: [],
    acknowledged: null,
    ...more,
  };
}
const acknowledged = { by: 'anna', note: '', at: '', atUs: 0, level: 'high' as Level };

describe('incidents in a list', () => {
  it('are there once, in their newest version, whatever the order of arrival', () => {
    const versions = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), version: fc.nat(9) }));
    fc.assert(
      fc.property(versions, (arrivals) => {
        let list: readonly ApiIncident[] = [];
        for (const { id, version } of arrivals) list = mergeIncidents(list, [incident(id, { version })]);
        const newest = new Map<string, number>();
        for (const { id, version } of arrivals) newest.set(id, Math.max(version, newest.get(id) ?? 0));
        expect(new Map(list.map(({ id, version }) => [id, version]))).toEqual(newest);
      }),
    );
  });

  it('are newest first, and leave when they become part of another', () => {
    const list = mergeIncidents([incident('a', { lastUs: 1 }), incident('b', { lastUs: 2 })], []);
    expect(list.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(
      mergeIncidents(list, [incident('b', { version: 2, mergedInto: 'a' })]).map(({ id }) => id),
    ).toEqual(['a']);
  });

  it('take over what somebody did about them, which is no new version', () => {
    expect(mergeIncidents([incident('a')], [incident('a', { acknowledged })])[0]?.acknowledged?.by).toBe(
      'anna',
    );
  });

  it('are chosen by level, node and state', () => {
    const one = incident('a', { level: 'medium', open: false, entities: { 'host.name': ['pi1', 'pi2'] } });
    expect(matches(one, { floor: 'medium', host: 'pi2', state: 'closed' })).toBe(true);
    expect(matches(one, { floor: 'high', host: '', state: 'all' })).toBe(false);
    expect(matches(one, { floor: 'all', host: 'pi3', state: 'all' })).toBe(false);
    expect(matches(one, { floor: 'all', host: '', state: 'open' })).toBe(false);
  });
});

describe('whether an incident wants somebody’s eyes', () => {
  it.each([
    ['is grave and goes on', {}, true],
    ['ended within the day', { open: false, lastUs: NOW_US - DAY_US / 2 }, true],
    ['ended before', { open: false, lastUs: NOW_US - 2 * DAY_US }, false],
    ['is not grave', { level: 'medium' as const }, false],
    ['is looked after', { acknowledged }, false],
  ])('is right when it %s', (_, more, expected) => {
    expect(wantsEyes(incident('a', more), NOW_US)).toBe(expected);
  });
});

it('puts what is current and looked after by nobody on top, the gravest first', () => {
  const list = [
    incident('old', { open: false, lastUs: 0, level: 'critical' }),
    incident('seen', { acknowledged, level: 'critical' }),
    incident('low', { level: 'low' }),
    incident('grave', { level: 'critical', lastUs: NOW_US - 9 }),
  ];
  expect(mostPressing(list, NOW_US).map(({ id }) => id)).toEqual(['grave', 'low', 'seen', 'old']);
});
