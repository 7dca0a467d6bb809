import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { createFilesystemProbe, type FileSystemSize } from '../src/filesystem.ts';
import {
  createProbeRunner,
  createProbes,
  PROBES,
  type Probe,
  type ProbePoint,
  type ProbeRoots,
} from '../src/index.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const signal = new AbortController().signal;

function rootsOf(tree: string): ProbeRoots {
  return { procRoot: join(FIXTURES, tree, 'proc'), sysRoot: join(FIXTURES, tree, 'sys'), fsRoot: '/' };
}

const SIZE: FileSystemSize = { bsize: 4_096, blocks: 1_000, bfree: 400, bavail: 350, files: 500, ffree: 450 };

/** Reads every probe on the first tree, then on the second: what two rounds a moment apart see. */
async function readBoth(): Promise<readonly ProbePoint[]> {
  const roots = { ...rootsOf('first') };
  const probes = PROBES.map(({ name, create }) =>
    name === 'filesystem' ? createFilesystemProbe({ ...roots, statfs: async () => SIZE }) : create(roots),
  );
  for (const probe of probes) await probe.read(signal);
  Object.assign(roots, rootsOf('second'));
  return (await Promise.all(probes.map((probe) => probe.read(signal)))).flat();
}

/** Renewed with `UPDATE_GOLDEN=1 vitest run libs/probes`. */
test('reads the fixture trees as the golden output says', async () => {
  const golden = join(FIXTURES, 'golden.ndjson');
  const text = `${(await readBoth()).map((point) => JSON.stringify(point)).join('\n')}\n`;
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, 'utf8'));
});

test('CPU shares add up to one, memory states to the limit', async () => {
  const points = await readBoth();
  const sum = (name: string) =>
    points.filter((p) => p.name === name).reduce((total, p) => total + p.value, 0);
  expect(sum('system.cpu.utilization')).toBeCloseTo(1);
  expect(sum('system.memory.usage')).toBe(sum('system.memory.limit'));
});

test('every probe reads this machine', async () => {
  for (const probe of createProbes()) {
    const points = await probe.read(signal);
    expect(points.every((point) => Number.isFinite(point.value))).toBe(true);
  }
});

test.each(PROBES.map(({ name, create }) => [name, create] as const))(
  '%s throws where its file is missing',
  async (_, create) => {
    const nowhere = { procRoot: '/nonexistent', sysRoot: '/nonexistent', fsRoot: '/' };
    await expect(create(nowhere).read(signal)).rejects.toThrow(/nonexistent/);
  },
);

test('never waits for a mount that does not answer, and does not ask it again meanwhile', async () => {
  let asked = 0;
  const statfs = (path: string) => {
    if (path !== '/mnt/dead') return Promise.resolve(SIZE);
    asked++;
    return new Promise<FileSystemSize>(() => {});
  };
  const probe = createFilesystemProbe({ ...rootsOf('first'), statfs, timeoutMs: 5 });
  for (let round = 0; round < 3; round++) {
    const points = await probe.read(signal);
    expect(new Set(points.map((point) => point.attributes['system.filesystem.mountpoint']))).toEqual(
      new Set(['/', '/mnt/with space']),
    );
  }
  expect(asked).toBe(1);
});

describe('the runner', () => {
  test('gives the others’ points when one probe fails, and says which failed', async () => {
    const point: ProbePoint = { name: 'x', unit: '1', attributes: {}, value: 1 };
    const bad: Probe = { name: 'bad', read: () => Promise.reject(new Error('no such file')) };
    const [onPoints, onError] = [vi.fn(), vi.fn()];
    const probes = [bad, { name: 'good', read: async () => [point] }];
    const runner = createProbeRunner({ probes, intervalMs: 5, clock: () => 7, onPoints, onError });
    await runner.start();
    await vi.waitFor(() => expect(onPoints.mock.calls.length).toBeGreaterThan(2));
    expect(onPoints).toHaveBeenCalledWith([point], 7);
    expect(onError).toHaveBeenCalledWith('bad', expect.any(Error));
    await runner.stop();
    await runner.stop();
    const count = onPoints.mock.calls.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(onPoints.mock.calls.length).toBe(count);
  });

  test('never reads a probe twice at once', async () => {
    let underWay = 0;
    let rounds = 0;
    const slow: Probe = {
      name: 'slow',
      async read() {
        expect(++underWay).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        underWay--;
        rounds++;
        return [];
      },
    };
    const onError = vi.fn();
    const runner = createProbeRunner({
      probes: [slow],
      intervalMs: 0,
      clock: () => 0,
      onPoints: () => {},
      onError,
    });
    await runner.start();
    await vi.waitFor(() => expect(rounds).toBeGreaterThan(5));
    await runner.stop();
    expect(onError).not.toHaveBeenCalled();
  });
});
