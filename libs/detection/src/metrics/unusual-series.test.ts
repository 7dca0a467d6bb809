import type { Detection, MetricSample } from '@suite/event';
import { describe, expect, it } from 'vitest';
import type { Detector } from '../port.ts';
import { unusualSeries } from './unusual-series.ts';

const START_US = 1_760_054_400e6;
const MINUTE_US = 60e6;
const DAY = 1440;

describe('a measurement that is far from usual', () => {
  it('is reported once: a miner on a node with a daily rhythm', () => {
    const found = feed(unusualSeries(), 6 * DAY, (minute) =>
      minute >= 5 * DAY + 300 ? 0.97 : usualCpu(minute),
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      rule: 'metric-unusual',
      level: 'low',
      entities: { 'host.name': 'node1', 'metric.name': 'system.cpu.utilization' },
      evidence: [{ file: 'system.cpu.utilization', text: 'CPU in use: 97 %, mean of five minutes' }],
    });
    expect(found[0]!.timeUs - START_US).toBeLessThan((5 * DAY + 311) * MINUTE_US);
    expect(found[0]!.reason).toMatch(
      /^CPU in use of node1: 97 % over five minutes; about 2\d % is usual at this hour, .* Next: .*top/,
    );
  });

  it('is not reported in the first two days, whatever comes', () => {
    expect(feed(unusualSeries(), 2 * DAY - 10, (minute) => (minute % 700 < 60 ? 1 : 0.1))).toEqual([]);
  });

  it('is not reported for a month of a rhythm, a nightly job, and noise', () => {
    expect(feed(unusualSeries(), 30 * DAY, usualCpu)).toEqual([]);
  });

  it('is not reported where the difference is too small to matter', () => {
    expect(feed(unusualSeries(), 5 * DAY, (minute) => (minute < 4 * DAY ? 0.01 : 0.05))).toEqual([]);
  });

  it('watches counters as rates, over a restart of the node', () => {
    const detector = unusualSeries();
    let counter = 1e9;
    const found: Detection[] = [];
    for (let minute = 0; minute < 5 * DAY; minute++) {
      counter +=
        minute >= 4 * DAY + 100 && minute < 4 * DAY + 160 ? 60 * 20e6 : 60 * (5e4 + noise(minute) * 1e4);
      if (minute === 3 * DAY) counter = 0;
      const sample = {
        ...cpuSample(minute, 0),
        name: 'system.network.io',
        attributes: { 'network.interface.name': 'eth0', 'network.io.direction': 'receive' },
        value: counter,
      };
      detector.sample!(sample, (detection) => found.push(detection));
    }
    expect(found).toHaveLength(1);
    expect(found[0]!.reason).toMatch(/^traffic received on eth0 of node1: (?:\d+|\d\.\d) MB\/s/);
  });

  it('is the same after a restart in the middle', () => {
    const value = (minute: number) => (minute >= 3 * DAY + 200 ? 0.97 : usualCpu(minute));
    const whole = feed(unusualSeries(), 4 * DAY, value);
    expect(whole).toHaveLength(1);
    for (const cut of [3, DAY + 7, 3 * DAY + 203]) {
      const first = unusualSeries();
      const found = feed(first, cut, value);
      const second = unusualSeries();
      second.restore(JSON.parse(JSON.stringify(first.snapshot())));
      expect([...found, ...feed(second, 4 * DAY, value, cut)]).toEqual(whole);
      expect(JSON.stringify(second.snapshot())).toEqual(JSON.stringify(snapshotOfWhole(value)));
    }
  });

  it('survives values that are none and clocks that jump', () => {
    const detector = unusualSeries();
    feed(detector, 3 * DAY, usualCpu);
    const report = () => {
      throw new Error('nothing to report');
    };
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      detector.sample!({ ...cpuSample(3 * DAY, 0), value }, report);
    for (const minute of [3 * DAY - 3, 2 * DAY, 0, -DAY, 10 * DAY, 3 * DAY])
      for (let i = 0; i < 10; i++) detector.sample!(cpuSample(minute + i, usualCpu(minute + i)), report);
    expect(feed(detector, 3 * DAY + 500, usualCpu, 3 * DAY + 10)).toEqual([]);
  });

  it('keeps 500 series, of watched metrics alone', () => {
    const detector = unusualSeries();
    for (let host = 0; host < 3000; host++)
      for (let minute = 0; minute < 12; minute += 5)
        detector.sample!({ ...cpuSample(minute, 0.5), host: `h${host}` }, () => {});
    for (let i = 0; i < 3000; i++)
      detector.sample!(
        { ...cpuSample(0, 1), name: 'system.cpu.logical.count', attributes: { i: `${i}` } },
        () => {},
      );
    expect(detector.snapshot()).toHaveLength(500);
  });

  it('takes less than 12 KiB of a snapshot a series after a month', () => {
    const detector = unusualSeries();
    feed(detector, 30 * DAY, (minute) => usualCpu(minute), 0, 5);
    expect(JSON.stringify(detector.snapshot()).length).toBeLessThan(12 * 1024);
  });
});

function snapshotOfWhole(value: (minute: number) => number): unknown {
  const detector = unusualSeries();
  feed(detector, 4 * DAY, value);
  return detector.snapshot();
}

/** A rhythm of the day, a job every night, noise. */
function usualCpu(minute: number): number {
  const ofDay = minute % DAY;
  const job = ofDay >= 180 && ofDay < 200 ? 0.4 : 0;
  return 0.15 + 0.08 * Math.sin((ofDay / DAY) * 2 * Math.PI) + job + 0.03 * noise(minute);
}

/** -1 to 1, always the same. */
function noise(minute: number): number {
  let x = Math.imul(minute + 1, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 15), 0x85ebca6b);
  x ^= x >>> 13;
  return (x >>> 0) / 2 ** 31 - 1;
}

function cpuSample(minute: number, busy: number): MetricSample {
  return {
    agent: 'a1',
    host: 'node1',
    name: 'system.cpu.utilization',
    unit: '1',
    attributes: { 'cpu.mode': 'idle' },
    timeUs: START_US + minute * MINUTE_US,
    value: 1 - busy,
  };
}

function feed(
  detector: Detector,
  minutes: number,
  busy: (minute: number) => number,
  from = 0,
  step = 1,
): Detection[] {
  const found: Detection[] = [];
  for (let minute = from; minute < minutes; minute += step)
    detector.sample!(cpuSample(minute, busy(minute)), (detection) => found.push(detection));
  return found;
}
