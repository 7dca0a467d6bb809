import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Alert } from '@suite/event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Channel, Courier } from './courier.ts';
import { Outbox } from './outbox.ts';
import { DeliveryError } from './port.ts';
import { testAlert } from './test-alert.ts';

let dir: string;
let outbox: Outbox;
let courier: Courier | null;
let told: string[];
let fail: (alert: Alert) => DeliveryError | null;
let trouble: string[];

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  dir = mkdtempSync(join(tmpdir(), 'notify-'));
  outbox = new Outbox(join(dir, 'outbox.db'));
  told = [];
  trouble = [];
  fail = () => null;
  courier = null;
});
afterEach(async () => {
  await courier?.stop();
  outbox.stop();
  vi.useRealTimers();
  rmSync(dir, { recursive: true, force: true });
});

const alert = (id: string, level: Alert['level'] = 'medium'): Alert => ({
  ...testAlert('x', Date.now() * 1000),
  id,
  level,
  kind: 'incident',
  title: `title of ${id}`,
});

const channel = (name: string, more: Partial<Channel> = {}): Channel => ({
  name,
  minLevel: 'medium',
  maxPerHour: 30,
  notifier: {
    kind: 'test',
    async send(one) {
      const error = fail(one);
      if (error) throw error;
      told.push(`${name}: ${one.title}`);
    },
  },
  ...more,
});

function run(...channels: Channel[]): Courier {
  courier = new Courier({
    outbox,
    channels,
    clockMs: () => Date.now(),
    random: () => 0.5,
    onSent: () => {},
    onTrouble: (name, reason, forGood) => trouble.push(`${name}: ${reason}${forGood ? ' (for good)' : ''}`),
  });
  courier.start();
  return courier;
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the courier', () => {
  it('tells each channel what it wants, once', async () => {
    const c = run(channel('phone'), channel('mail', { minLevel: 'high' }));
    await c.deliver(alert('a'));
    await c.deliver(alert('a'));
    await c.deliver(alert('b', 'critical'));
    await c.deliver(alert('c', 'low'));
    await pass(1000);
    expect(told.sort()).toEqual(['mail: title of b', 'phone: title of a', 'phone: title of b']);
  });

  it('tries again while the service is away, in growing steps, and other channels do not wait', async () => {
    fail = () => new DeliveryError('no answer: ECONNREFUSED', { transient: true });
    const c = run(channel('phone'));
    await c.deliver(alert('a'));
    await pass(60_000);
    // At 0, 5, 15 and 35 seconds.
    expect(trouble).toHaveLength(4);
    expect(c.state()).toMatchObject([{ waiting: 1, lastError: 'no answer: ECONNREFUSED' }]);
    fail = () => null;
    await pass(60_000);
    expect(told).toEqual(['phone: title of a']);
    expect(c.state()).toMatchObject([{ waiting: 0, lastError: null }]);
  });

  it('gives up after three days, and at once on what is for good', async () => {
    fail = (one) => new DeliveryError('refused', { transient: one.id === 'slow' });
    const c = run(channel('phone'));
    await c.deliver(alert('bad'));
    await pass(1000);
    expect(trouble).toEqual(['phone: refused (for good)']);
    await c.deliver(alert('slow'));
    await pass(80 * 3_600_000);
    expect(trouble.at(-1)).toBe('phone: refused (for good)');
    expect(c.state()).toMatchObject([{ waiting: 0, failed: 2 }]);
  });

  it('waits as long as the service asks', async () => {
    fail = () => new DeliveryError('slow down', { transient: true, retryAfterMs: 120_000 });
    const c = run(channel('phone'));
    await c.deliver(alert('a'));
    await pass(119_000);
    expect(trouble).toHaveLength(1);
    await pass(2_000);
    expect(trouble).toHaveLength(2);
  });

  it('forgets nothing when it is killed: a new courier goes on with the same file', async () => {
    fail = () => new DeliveryError('away', { transient: true });
    const first = run(channel('phone'));
    await first.deliver(alert('a'));
    await pass(1000);
    await first.stop();
    outbox.stop();
    outbox = new Outbox(join(dir, 'outbox.db'));
    fail = () => null;
    const second = run(channel('phone'));
    await second.deliver(alert('a'));
    await pass(20_000);
    expect(told).toEqual(['phone: title of a']);
  });

  it('folds what comes too fast into one message, and holds back nothing critical', async () => {
    const c = run(channel('phone', { maxPerHour: 3 }));
    for (let n = 0; n < 10; n++) await c.deliver(alert(`n${n}`));
    await c.deliver(alert('fire', 'critical'));
    await pass(1000);
    expect(told).toContain('phone: title of fire');
    expect(told.filter((one) => one.endsWith('more alerts'))).toHaveLength(1);
    expect(told.length).toBeLessThanOrEqual(4);
    await c.deliver(alert('fire2', 'critical'));
    await c.deliver(alert('late'));
    await pass(1000);
    expect(told.at(-1)).toBe('phone: title of fire2');
    const before = told.length;
    await pass(3_700_000);
    expect(c.state()).toMatchObject([{ waiting: 0 }]);
    expect(told.length - before).toBeLessThanOrEqual(3);
  });

  it('bounds what waits: the least urgent and oldest give way', async () => {
    fail = () => new DeliveryError('away', { transient: true });
    const c = run(channel('phone'));
    await c.deliver(alert('fire', 'critical'));
    for (let n = 0; n < 1100; n++) await c.deliver(alert(`n${n}`));
    expect(c.state()).toMatchObject([{ waiting: 1000, failed: 101 }]);
    expect(outbox.waiting('phone')[0]!.alert.id).toBe('fire');
  });

  it('urgent things first', async () => {
    fail = () => new DeliveryError('away', { transient: true });
    const c = run(channel('phone'));
    await c.deliver(alert('a'));
    await c.deliver(alert('b', 'high'));
    await c.deliver(alert('c', 'critical'));
    expect(outbox.waiting('phone').map(({ alert: one }) => one.id)).toEqual(['c', 'b', 'a']);
    await c.stop();
  });
});

describe('a clock that is set', () => {
  it('back holds up nothing that was queued before', async () => {
    const c = run(channel('phone', { maxPerHour: 2 }));
    await c.deliver(alert('a'));
    await c.deliver(alert('b'));
    await pass(1000);
    outbox.put(alert('c'), ['phone'], Date.now());
    vi.setSystemTime(Date.now() - 10 * 365 * 86_400_000);
    await pass(120_000);
    expect(told).toContain('phone: title of c');
  });

  it('forward gives up nothing at the first failure', async () => {
    fail = () => new DeliveryError('no answer', { transient: true });
    const c = run(channel('phone'));
    vi.setSystemTime(0);
    await c.deliver(alert('a'));
    vi.setSystemTime(1_700_000_000_000);
    await pass(30_000);
    fail = () => null;
    await pass(120_000);
    expect(told).toEqual(['phone: title of a']);
  });
});

describe('a queue that cannot be written', () => {
  it('ends nothing, says so, and tells nobody twice', async () => {
    const c = run(channel('phone'));
    const isFull = vi.spyOn(outbox, 'sent').mockImplementation(() => {
      throw new Error('database or disk is full');
    });
    await c.deliver(alert('a'));
    await pass(300_000);
    expect(told).toEqual(['phone: title of a']);
    expect(trouble[0]).toBe('phone: the queue: database or disk is full');
    expect(trouble.length).toBeLessThan(8);
    isFull.mockRestore();
    await c.deliver(alert('b'));
    await pass(120_000);
    expect(told).toEqual(['phone: title of a', 'phone: title of b']);
    expect(c.state()).toMatchObject([{ waiting: 0, lastError: null }]);
  });

  it('that cannot be read is looked at again', async () => {
    const broken = vi.spyOn(outbox, 'due').mockImplementation(() => {
      throw new Error('disk I/O error');
    });
    const c = run(channel('phone'));
    await c.deliver(alert('a'));
    await pass(1000);
    broken.mockRestore();
    await pass(120_000);
    expect(told).toEqual(['phone: title of a']);
  });
});
