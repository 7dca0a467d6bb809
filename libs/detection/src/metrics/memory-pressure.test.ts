import type { Detection, MetricSample } from '@suite/event';
import { describe, expect, it } from 'vitest';
import { memoryPressure } from './memory-pressure.ts';

const START_US = 1_760_000_000e6;

describe('memory that runs out', () => {
  it('is reported after five minutes, again when it gets worse, and once more after it was well', () => {
    const shares = [
      ...held(0.4, 3),
      ...held(0.08, 10),
      ...held(0.12, 3),
      ...held(0.08, 10),
      ...held(0.03, 10),
    ];
    const found = feed([...shares, ...held(0.5, 3), ...held(0.09, 10)]);
    expect(found.map(({ level, version, timeUs }) => [level, version, (timeUs - START_US) / 60e6])).toEqual([
      ['medium', 1, 8],
      ['high', 2, 31],
      ['medium', 1, 44],
    ]);
    expect(found[0]!.reason).toBe(
      'node1 has 320 MB of memory available (8.0 % of 4.0 GB) for five minutes, 25 % of the swap is in use. More than 15 % ' +
        'counts as usual; when nothing is left the kernel ends processes. Next: see who takes it (ps aux --sort=-rss, docker ' +
        'stats), and set limits.',
    );
  });

  it('is not reported for a short peak, or before the size is known', () => {
    expect(feed([...held(0.5, 3), ...held(0.03, 4), ...held(0.5, 3)])).toEqual([]);
    const detector = memoryPressure();
    const found: Detection[] = [];
    for (let i = 0; i < 20; i++)
      detector.sample!(sampleOf('system.linux.memory.available', 1, i), (detection) => found.push(detection));
    expect(found).toEqual([]);
  });

  it('is the same after a restart in the middle', () => {
    const shares = [...held(0.08, 10), ...held(0.03, 10)];
    const whole = feed(shares);
    for (const cut of [2, 7, 12]) {
      const first = memoryPressure();
      const found = feed(shares.slice(0, cut), first);
      const second = memoryPressure();
      second.restore(JSON.parse(JSON.stringify(first.snapshot())));
      expect([...found, ...feed(shares.slice(cut), second, cut)]).toEqual(whole);
    }
  });
});

function held(share: number, minutes: number): number[] {
  return new Array<number>(minutes).fill(share);
}

function feed(shares: readonly number[], detector = memoryPressure(), from = 0): Detection[] {
  const found: Detection[] = [];
  for (const [i, share] of shares.entries())
    for (const sample of [
      sampleOf('system.memory.limit', 4e9, from + i),
      sampleOf('system.paging.utilization', 0.25, from + i, { 'system.paging.state': 'used' }),
      sampleOf('system.linux.memory.available', 4e9 * share, from + i),
      sampleOf('system.linux.memory.available', Number.NaN, from + i),
    ])
      detector.sample!(sample, (detection) => found.push(detection));
  return found;
}

function sampleOf(
  name: string,
  value: number,
  minute: number,
  attributes: Record<string, string> = {},
): MetricSample {
  return { agent: 'a1', host: 'node1', name, unit: '1', attributes, timeUs: START_US + minute * 60e6, value };
}
