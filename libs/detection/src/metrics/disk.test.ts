import type { Detection, MetricSample } from '@suite/event';
import { describe, expect, it } from 'vitest';
import type { Detector } from '../port.ts';
import { diskFilling } from './disk-filling.ts';
import { diskFull } from './disk-full.ts';

const START_US = 1_760_000_000e6;
const SIZE = 100e9;
const MINUTE_US = 60e6;

describe('a disk that is almost full', () => {
  it('is reported at 90 %, again at 95 % as the same story, and then not before it was emptied', () => {
    const detector = diskFull();
    const course = [
      ...flat(0.5, 10),
      ...flat(0.91, 10),
      ...flat(0.89, 5),
      ...flat(0.92, 10),
      ...flat(0.96, 10),
      ...flat(0.99, 10),
      ...flat(0.93, 10),
      ...flat(0.8, 10),
      ...flat(0.91, 10),
    ];
    const found = feed(detector, course);
    expect(found.map(({ level, version }) => [level, version])).toEqual([
      ['medium', 1],
      ['high', 2],
      ['medium', 1],
    ]);
    expect(found[0]!.id).toBe(found[1]!.id);
    expect(found[2]!.id).not.toBe(found[0]!.id);
    expect(found[0]).toMatchObject({
      rule: 'disk-full',
      entities: {
        'host.name': 'node1',
        'system.filesystem.mountpoint': '/data',
        'system.device': '/dev/sda1',
      },
      evidence: [{ file: 'system.filesystem.usage', host: 'node1' }],
    });
    expect(found[0]!.reason).toBe(
      '/data on node1 is 91 % full, 9.0 GB are left. Up to 90 % counts as usual. Next: find what grew (du -xh ' +
        '--max-depth=2, docker system df, journalctl --disk-usage).',
    );
  });

  it('is not reported for a peak shorter than a minute', () => {
    const detector = diskFull();
    expect(feed(detector, [0.5, 0.97, 0.5, 0.97, 0.5], 30e6)).toEqual([]);
  });

  it('is reported for its inodes too', () => {
    const found = feed(diskFull(), flat(0.92, 10), MINUTE_US, 'system.filesystem.inode.usage');
    expect(found).toHaveLength(1);
    expect(found[0]!.reason).toContain('of its inodes');
  });

  it('leaves images that are full by nature and readings that make no sense', () => {
    const detector = diskFull();
    const found: Detection[] = [];
    for (let i = 0; i < 10; i++)
      for (const sample of [
        ...reading(0.99, START_US + i * MINUTE_US, 'system.filesystem.usage', 'squashfs'),
        ...reading(Number.NaN, START_US + i * MINUTE_US),
        ...reading(Number.POSITIVE_INFINITY, START_US + i * MINUTE_US),
        ...reading(-1, START_US + i * MINUTE_US),
      ])
        detector.sample!(sample, (detection) => found.push(detection));
    expect(found).toEqual([]);
  });

  it('goes on where it stood after a restart, and with a clock that goes backwards', () => {
    const course = [...flat(0.5, 5), ...flat(0.93, 5), ...flat(0.97, 5), ...flat(0.8, 3), ...flat(0.93, 4)];
    const whole = feed(diskFull(), course);
    for (const cut of [1, 6, 8, 12, 16, 20]) {
      const first = diskFull();
      const found = feed(first, course.slice(0, cut));
      const second = diskFull();
      second.restore(JSON.parse(JSON.stringify(first.snapshot())));
      found.push(...feed(second, course.slice(cut), MINUTE_US, undefined, START_US + cut * MINUTE_US));
      expect(found).toEqual(whole);
    }
    expect(feed(diskFull(), flat(0.93, 20), -MINUTE_US)).toHaveLength(0);
    const detector = diskFull();
    feed(detector, flat(0.93, 3));
    expect(feed(detector, flat(0.97, 3), MINUTE_US, undefined, START_US - 86_400e6)).toHaveLength(1);
  });

  it('keeps 2,000 file systems', () => {
    const detector = diskFull();
    for (let i = 0; i < 5_000; i++)
      for (const sample of reading(0.93, START_US)) detector.sample!({ ...sample, host: `h${i}` }, () => {});
    expect(JSON.stringify(detector.snapshot()).length).toBeLessThan(2_000_000);
  });
});

describe('a disk that fills up', () => {
  it('is reported a day ahead, and high when only hours are left', () => {
    // 1 % in an hour from 60 %: full in 40 hours at first, then 3 % an hour.
    const slow = ramp(0.6, 0.01, 30);
    const fast = ramp(slow.at(-1)!, 0.03, 5);
    const found = feed(diskFilling(), [...slow, ...fast], 10 * MINUTE_US);
    expect(found.map(({ level }) => level)).toEqual(['medium', 'high']);
    expect(found[0]!.reason).toMatch(/^\/data on node1 is \d+ % full .* grew by .* full in about 2\d hours/);
    expect(found[0]!.timeUs).toBeLessThan(START_US + 20 * 3600e6);
  });

  it('is not reported for the to and fro of logs, for growth over weeks, or while it is half empty', () => {
    const saw = Array.from({ length: 2000 }, (_, i) => 0.7 + 0.02 * ((i % 30) / 30));
    expect(feed(diskFilling(), saw, 10 * MINUTE_US)).toEqual([]);
    expect(feed(diskFilling(), ramp(0.6, 0.0005, 600), 10 * MINUTE_US)).toEqual([]);
    expect(feed(diskFilling(), ramp(0.1, 0.05, 7), 10 * MINUTE_US)).toEqual([]);
    const copied = [...flat(0.6, 20), ...ramp(0.6, 0.4, 0.5), ...flat(0.8, 50)];
    expect(feed(diskFilling(), copied, 10 * MINUTE_US)).toEqual([]);
  });

  it('goes on where it stood after a restart', () => {
    const course = ramp(0.6, 0.02, 15);
    const whole = feed(diskFilling(), course, 10 * MINUTE_US);
    expect(whole.length).toBeGreaterThan(0);
    for (const cut of [3, 20, 50]) {
      const first = diskFilling();
      const found = feed(first, course.slice(0, cut), 10 * MINUTE_US);
      const second = diskFilling();
      second.restore(JSON.parse(JSON.stringify(first.snapshot())));
      const rest = feed(
        second,
        course.slice(cut),
        10 * MINUTE_US,
        undefined,
        START_US + cut * 10 * MINUTE_US,
      );
      expect([...found, ...rest]).toEqual(whole);
    }
  });

  it('begins anew when the clock is set back', () => {
    const detector = diskFilling();
    feed(detector, ramp(0.6, 0.02, 0.8), 10 * MINUTE_US);
    expect(feed(detector, flat(0.6, 20), 10 * MINUTE_US, undefined, START_US - 86_400e6)).toEqual([]);
  });
});

function flat(share: number, readings: number): number[] {
  return new Array<number>(readings).fill(share);
}

/** Readings every ten minutes. */
function ramp(from: number, perHour: number, hours: number): number[] {
  return Array.from({ length: hours * 6 }, (_, i) => Math.min(0.999, from + ((i + 1) / 6) * perHour));
}

function feed(
  detector: Detector,
  shares: readonly number[],
  stepUs = MINUTE_US,
  name = 'system.filesystem.usage',
  startUs = START_US,
): Detection[] {
  const found: Detection[] = [];
  for (const [i, share] of shares.entries())
    for (const sample of reading(share, startUs + i * stepUs, name))
      detector.sample!(sample, (detection) => found.push(detection));
  return found;
}

/** What the agent's probe sends for a file system. */
function reading(
  share: number,
  timeUs: number,
  name = 'system.filesystem.usage',
  type = 'ext4',
): MetricSample[] {
  const of = (state: string, value: number): MetricSample => ({
    agent: 'a1',
    host: 'node1',
    name,
    unit: 'By',
    attributes: {
      'system.device': '/dev/sda1',
      'system.filesystem.mountpoint': '/data',
      'system.filesystem.type': type,
      'system.filesystem.state': state,
    },
    timeUs,
    value,
  });
  return [of('used', SIZE * share), of('free', SIZE * (1 - share)), of('reserved', 5e9)];
}
