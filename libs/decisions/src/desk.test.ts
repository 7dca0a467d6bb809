import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Detection } from '@suite/event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DecisionBook } from './book.ts';
import type { Decision } from './decision.ts';
import { DecisionDesk } from './desk.ts';
import { createNever } from './never.ts';

const HOUR_US = 3_600e6;
const T0 = 1_700_000_000e6;
let dir: string;
let path: string;
let book: DecisionBook;
let nowUs: number;
let made: Decision[];
let spared: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'decisions-'));
  path = join(dir, 'decisions.db');
  book = new DecisionBook({ path, maxActive: 100 });
  nowUs = T0;
  made = [];
  spared = [];
});
afterEach(() => {
  book.stop();
  rmSync(dir, { recursive: true, force: true });
});

function desk(): DecisionDesk {
  return new DecisionDesk({
    book,
    rules: ['ssh-brute-force-*', 'web-scanner'],
    durationMs: 4 * 3_600_000,
    longestMs: 7 * 86_400_000,
    never: createNever({ allow: ['203.0.113.7'], banPrivate: false, own: () => ['192.0.2.1'] }),
    clockUs: () => nowUs,
    onDecision: (decision) => made.push(decision),
    onLifted: () => {},
    onSpared: (address) => spared.push(address),
  });
}

const detection = (address: string, more: Partial<Detection> = {}): Detection => ({
  id: `d-${address}`,
  version: 1,
  rule: 'ssh-brute-force-address',
  title: '',
  level: 'medium',
  timeUs: nowUs,
  firstUs: nowUs,
  entities: { 'source.address': address },
  techniques: [],
  evidence: [],
  evidenceCount: 5,
  reason: 'because',
  ...more,
});

describe('from detections to decisions', () => {
  it('bans an attacker for the duration, once per detection', () => {
    const d = desk();
    d.observe(detection('198.51.100.9'));
    d.observe(detection('198.51.100.9'));
    expect(made).toMatchObject([{ value: '198.51.100.9', scope: 'Ip', untilUs: T0 + 4 * HOUR_US }]);
    nowUs = T0 + 4 * HOUR_US;
    expect(d.active()).toEqual([]);
  });

  it('bans nobody for other rules, own addresses, allowed ones, private ones', () => {
    const d = desk();
    d.observe(detection('198.51.100.9', { rule: 'login-new-address' }));
    d.observe(detection('198.51.100.9', { level: 'low' }));
    d.observe(detection('192.0.2.1'));
    d.observe(detection('203.0.113.7'));
    d.observe(detection('10.0.0.9'));
    d.observe(detection('127.0.0.1'));
    d.observe(detection('not-an-address'));
    expect(made).toEqual([]);
    expect(spared).toEqual(['192.0.2.1', '203.0.113.7', '10.0.0.9', '127.0.0.1']);
  });

  it('bans longer who comes back, up to the longest', () => {
    const d = desk();
    for (let round = 0; round < 10; round++) {
      d.observe(detection('198.51.100.9', { id: `round-${round}`, timeUs: nowUs }));
      nowUs = made.at(-1)!.untilUs + 1;
    }
    const hours = made.map(({ createdUs, untilUs }) => Math.round((untilUs - createdUs) / HOUR_US));
    expect(hours).toEqual([4, 8, 16, 32, 64, 128, 168, 168, 168, 168]);
  });

  it('bans nobody for what is long over, and believes no clock that runs ahead', () => {
    const d = desk();
    d.observe(detection('198.51.100.9', { timeUs: T0 - 5 * HOUR_US }));
    expect(made).toEqual([]);
    d.observe(detection('198.51.100.8', { timeUs: T0 + 1000 * HOUR_US }));
    expect(made[0]!.untilUs).toBe(T0 + 4 * HOUR_US);
  });

  it('forgets nothing over a restart', () => {
    desk().observe(detection('198.51.100.9'));
    book.stop();
    book = new DecisionBook({ path, maxActive: 100 });
    const d = desk();
    d.observe(detection('198.51.100.9'));
    expect(d.active().map(({ value }) => value)).toEqual(['198.51.100.9']);
  });

  it('keeps so many at once, the longest', () => {
    const d = desk();
    for (let i = 0; i < 150; i++) {
      nowUs += 1e6;
      d.observe(detection(`198.18.${i}.1`, { timeUs: nowUs }));
    }
    expect(d.active()).toHaveLength(100);
    expect(d.active()[0]!.value).toBe('198.18.50.1');
  });

  it('refuses to ban by hand what must stay reachable', () => {
    const d = desk();
    expect(() => d.ban('203.0.113.0/24', 1000, 'test')).toThrow(/203\.0\.113\.7/);
    expect(d.ban('198.51.100.0/24', 1000, 'test')).toMatchObject({ scope: 'Range', origin: 'operator' });
    expect(d.unban('198.51.100.0/24', 'anna')).toHaveLength(1);
    expect(d.active()).toEqual([]);
  });
});

describe('what a bouncer is told', () => {
  it('tells all at startup, then changes, then what ran out', () => {
    const d = desk();
    d.observe(detection('198.51.100.1'));
    expect(book.changes('fw', nowUs, true).added.map(({ value }) => value)).toEqual(['198.51.100.1']);
    nowUs += 120e6;
    book.changes('fw', nowUs, false);
    d.observe(detection('198.51.100.2'));
    expect(book.changes('fw', nowUs, false)).toMatchObject({
      added: [{ value: '198.51.100.2' }],
      removed: [],
    });
    nowUs += 120e6;
    book.changes('fw', nowUs, false);
    d.unban('198.51.100.1', 'anna');
    expect(book.changes('fw', nowUs, false)).toMatchObject({
      added: [],
      removed: [{ value: '198.51.100.1' }],
    });
    nowUs = T0 + 5 * HOUR_US;
    const ranOut = book.changes('fw', nowUs, false);
    expect(ranOut.added).toEqual([]);
    expect(ranOut.removed.map(({ value }) => value)).toContain('198.51.100.2');
  });

  it('never takes away an address that is banned anew', () => {
    const d = desk();
    d.observe(detection('198.51.100.1'));
    book.changes('fw', nowUs, true);
    nowUs += HOUR_US;
    d.observe(detection('198.51.100.1', { id: 'again', timeUs: nowUs }));
    const { added, removed } = book.changes('fw', nowUs, false);
    expect(removed.map(({ value }) => value)).toEqual(['198.51.100.1']);
    expect(added.map(({ value }) => value)).toEqual(['198.51.100.1']);
    // An hour later both are old news, and a removal by itself would let the attacker in.
    nowUs += 30e6;
    d.unban('198.51.100.9', 'anna');
    for (let i = 0; i < 5; i++) {
      const later = book.changes('fw', nowUs, false);
      if (later.removed.length > 0) expect(later.added.map(({ value }) => value)).toEqual(['198.51.100.1']);
      nowUs += 20e6;
    }
  });

  it('tells two bouncers apart', () => {
    desk().observe(detection('198.51.100.1'));
    expect(book.changes('one', nowUs, false).added).toHaveLength(1);
    nowUs += 120e6;
    // Told again for a minute after, in case the answer was lost.
    expect(book.changes('one', nowUs, false).added).toHaveLength(1);
    expect(book.changes('one', nowUs, false).added).toHaveLength(0);
    expect(book.changes('two', nowUs, false).added).toHaveLength(1);
  });
});
