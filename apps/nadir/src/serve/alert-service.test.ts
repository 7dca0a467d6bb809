import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '@suite/cli';
import type { Alert, Incident } from '@suite/event';
import { type AlertSettings, DEFAULT_ALERT_SETTINGS } from '@suite/incidents';
import type { StoreReader } from '@suite/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlertDeskFile } from './alert-desk-file.ts';
import { AlertService } from './alert-service.ts';

const NOON = Date.UTC(2026, 0, 12, 12) * 1000;

let dir = '';
let nowUs = NOON;
let logged: string[] = [];
const started: AlertService[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'alerts-'));
  nowUs = NOON;
  logged = [];
});

afterEach(async () => {
  for (const service of started.splice(0)) await service.stop().catch(() => {});
  rmSync(dir, { recursive: true, force: true });
});

const path = () => join(dir, 'alerts.json');

function incident(id: string, parts: Partial<Incident> = {}): Incident {
  return {
    id,
    version: 1,
    level: 'high',
    title: `incident ${id}`,
    summary: `Something happened to ${id}.`,
    firstUs: NOON,
    lastUs: NOON,
    closed: false,
    entities: { 'host.name': ['node2'] },
    techniques: [],
    detections: [],
    detectionCount: 1,
    timeline: [],
    next: [],
    success: true,
    ...parts,
  };
}

/** A sink that keeps each id once, as the queue of the notifiers does. */
function queue(fails: () => boolean = () => false) {
  const alerts = new Map<string, Alert>();
  let attempts = 0;
  return {
    alerts,
    get attempts() {
      return attempts;
    },
    async deliver(alert: Alert): Promise<void> {
      attempts += 1;
      if (fails()) throw new Error('the disk is full');
      alerts.set(alert.id, alert);
    },
  };
}

function log(): Logger {
  const take = (_: object | string, message?: string) => void logged.push(message ?? '');
  return { info: take, warn: take, error: take } as unknown as Logger;
}

const storeOf = (incidents: readonly Incident[], fails = false): StoreReader =>
  ({
    async incidents({ fromUs = 0, limit, cursor }: { fromUs?: number; limit: number; cursor?: string }) {
      if (fails) throw new Error('connection refused');
      const all = incidents.filter(({ lastUs }) => lastUs >= fromUs).toReversed();
      const at = Number(cursor ?? 0);
      return { items: all.slice(at, at + limit), next: at + limit < all.length ? String(at + limit) : null };
    },
  }) as unknown as StoreReader;

interface Parts {
  readonly sink?: ReturnType<typeof queue>;
  readonly stored?: readonly Incident[];
  readonly storeFails?: boolean;
  readonly settings?: Partial<AlertSettings>;
}

async function start({ sink = queue(), stored = [], storeFails = false, settings = {} }: Parts = {}) {
  const service = new AlertService({
    settings: { ...DEFAULT_ALERT_SETTINGS, ...settings },
    file: new AlertDeskFile(path()),
    sink,
    clockUs: () => nowUs,
    log: log(),
  });
  started.push(service);
  await service.start(storeOf(stored, storeFails));
  return { service, sink };
}

async function until(holds: () => boolean): Promise<void> {
  const limit = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > limit) throw new Error('it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const ids = (sink: ReturnType<typeof queue>) => [...sink.alerts.values()].map(({ incidentId }) => incidentId);

describe('what was committed', () => {
  it('is delivered once, and kept in a file that nobody else may read', async () => {
    const { service, sink } = await start();
    service.committed([incident('a'), incident('b', { level: 'low' })]);
    service.committed([incident('a', { version: 2 })]);
    await until(() => sink.alerts.size === 1);
    await service.stop();
    expect(ids(sink)).toEqual(['a']);
    expect(sink.attempts).toBe(1);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(logged).toContain('incident a');
  });

  it('and never came here because NADIR was killed is delivered at the next start, once', async () => {
    const stored = [incident('a'), incident('b'), incident('c', { lastUs: NOON - 60 * 86_400_000_000 })];
    const sink = queue();
    const first = await start({ sink, stored: [stored[0]!] });
    await until(() => sink.alerts.size === 1);
    await first.service.stop();
    const second = await start({ sink, stored });
    await until(() => sink.alerts.size === 2);
    await second.service.stop();
    const third = await start({ sink, stored });
    await third.service.stop();
    expect(ids(sink)).toEqual(['a', 'b']);
    expect(sink.attempts).toBe(2);
  });

  it('and was decided, but not queued before the crash, is delivered with the same id', async () => {
    let full = true;
    const sink = queue(() => full);
    const { service } = await start({ sink });
    service.committed([incident('a')]);
    await until(() => sink.attempts === 1);
    // Killed here: nothing is saved on the way out. The file has what was decided.
    const decided = JSON.parse(readFileSync(path(), 'utf8')).due.map(({ id }: Alert) => id);
    full = false;
    const again = await start({ sink, stored: [incident('a')] });
    await until(() => sink.alerts.size === 1);
    await again.service.stop();
    expect([...sink.alerts.keys()]).toEqual(decided);
  });

  it('and was queued just before the crash is not told twice', async () => {
    const sink = queue();
    const { service } = await start({ sink });
    const before = readFileSync(path(), 'utf8');
    service.committed([incident('a')]);
    await until(() => sink.alerts.size === 1);
    await service.stop();
    // The file as of before the decision: the crash came between the queue and the next write.
    writeFileSync(path(), before);
    const again = await start({ sink, stored: [incident('a')] });
    await until(() => sink.attempts === 2);
    await again.service.stop();
    expect(sink.alerts.size).toBe(1);
  });

  it('waits while the queue takes nothing, and the operator is told so', async () => {
    let full = true;
    const sink = queue(() => full);
    const { service } = await start({ sink });
    service.committed([incident('a')]);
    await until(() => logged.some((text) => text.startsWith('an alert waits')));
    expect(service.problems()).toEqual(['Alerts wait: the disk is full']);
    full = false;
    service.committed([incident('b')]);
    await until(() => sink.alerts.size === 2);
    expect(ids(sink)).toEqual(['a', 'b']);
    await until(() => service.problems().length === 0);
  });
});

describe('the start', () => {
  it('does not wait for a store that does not answer', async () => {
    const { service, sink } = await start({ storeFails: true });
    await until(() => logged.some((text) => text.startsWith('the store could not be asked')));
    service.committed([incident('a')]);
    await until(() => sink.alerts.size === 1);
  });

  it('does not need room on the disk, and says that alerts wait', async () => {
    const away = join(dir, 'away');
    const service = new AlertService({
      settings: DEFAULT_ALERT_SETTINGS,
      file: new AlertDeskFile(join(away, 'alerts.json')),
      sink: queue(),
      clockUs: () => nowUs,
      log: log(),
    });
    started.push(service);
    await service.start(storeOf([]));
    expect(service.problems()).toEqual(['Alerts wait: no such file']);
    mkdirSync(away);
    service.committed([incident('a')]);
    await until(() => service.problems().length === 0);
  });

  it.each([
    ['no JSON', '{"version":1,'],
    ['another shape', '{"version":1,"known":[["x",{"level":"enormous"}]]}'],
  ])('sets a file aside that is %s', async (_, content) => {
    writeFileSync(path(), content);
    const { service } = await start();
    expect(readFileSync(`${path()}.broken`, 'utf8')).toBe(content);
    expect(logged.some((text) => text.includes('not readable'))).toBe(true);
    service.committed([incident('a')]);
  });
});

describe('what an operator does', () => {
  const request = {
    match: { host: 'node2' },
    reason: 'known',
    by: 'anna',
    expiresUs: NOON + 86_400_000_000,
    successes: true,
  };

  it('is durable when it is answered, and logged with who did it', async () => {
    const { service } = await start();
    const mute = await service.mute(request);
    await service.acknowledge(incident('a'), 'anna', 'on it');
    // Killed here.
    const { service: again } = await start();
    expect(again.mutes()).toEqual([mute]);
    expect(again.acknowledged('a')).toMatchObject({ by: 'anna', note: 'on it', level: 'high' });
    expect(await again.unmute(mute.id, 'bert')).toEqual(mute);
    const { service: last } = await start();
    expect(last.mutes()).toEqual([]);
    expect(logged).toEqual(
      expect.arrayContaining(['a mute was made', 'an incident was acknowledged', 'a mute was lifted']),
    );
  });

  it('hides what comes after it', async () => {
    const { service, sink } = await start();
    await service.mute(request);
    service.committed([incident('a')]);
    await service.stop();
    expect(sink.alerts.size).toBe(0);
    expect(service.entries().map(({ why }) => why)).toEqual(['muted by anna: known']);
  });
});
