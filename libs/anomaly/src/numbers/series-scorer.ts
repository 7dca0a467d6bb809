import { levelChannel } from './level.ts';
import { nearestShape, nearestValue } from './nearest.ts';
import type { Channel } from './port.ts';
import { Recent } from './recent.ts';
import { Refractory } from './refractory.ts';
import { Tail } from './tail.ts';
import { TimeOfDay } from './time-of-day.ts';
import { unrestChannel } from './unrest.ts';

/** Values beyond are taken as this: they must fit into single precision. */
const LARGEST = 1e37;
const VERSION = 1;
/** The first readings only teach. */
const WARM_UP = 60;
/** Exponent of the mean over the channels: one that is sure speaks, and several that are half sure do too. */
const FUSION = 2.5;
/** The longer a series is watched, the more chances it had: weight of the logarithm of its length, up to this length. */
const CHANCES = 0.2;
const MOST_CHANCES = 26_000;

export interface SeriesScorerOptions {
  /** Readings remembered one by one; 4 bytes each. Default 2,000: a week of five-minute readings. */
  readonly memory?: number;
  /** Readings after an event that speak only when they are clearly odder. Default 150. */
  readonly restReadings?: number;
  /** What is less rare scores 0 and begins no rest. Default 0.7. */
  readonly leastRarity?: number;
}

/** What a reading is worth. `usual` is what is usual at this time of day, null at the first reading. */
export interface SeriesScore {
  /** 0 to 1: 0.9 is about once in ten blocks of 24 readings, 0.99 in a hundred; 0 while an event rests. */
  readonly score: number;
  /** How rare it is, whether or not an event rests: decimal logarithm of the return period in blocks. */
  readonly rarity: number;
  readonly usual: number | null;
}

/**
 * Judges one series reading by reading: row n's score depends on rows 1 to n alone, there is no minimum or maximum to
 * be known before. State is under 64 KiB, whatever the length of the series.
 */
export interface SeriesScorer {
  /** A value that is no finite number is worth 0 and is not learned. */
  observe(timeSeconds: number, value: number): SeriesScore;
  /** JSON-serialisable, under 64 KiB. */
  snapshot(): unknown;
  /** @returns false, and starts empty, when the snapshot is of another version or shape. */
  restore(state: unknown): boolean;
}

export function createSeriesScorer(options: SeriesScorerOptions = {}): SeriesScorer {
  const memory = new Recent(options.memory ?? 2000);
  const timeOfDay = new TimeOfDay();
  const channels = createChannels(timeOfDay, memory);
  const tails = channels.map(() => new Tail());
  const refractory = new Refractory({
    rest: options.restReadings ?? 150,
    margin: 0.3,
    floor: options.leastRarity ?? 0.7,
  });
  /** The first value: single precision is enough for how far from it the others are. */
  let origin: number | null = null;
  let seen = 0;
  return {
    observe(timeSeconds, value) {
      if (!Number.isFinite(value) || !Number.isFinite(timeSeconds))
        return { score: 0, rarity: 0, usual: null };
      origin ??= Math.min(LARGEST, Math.max(-LARGEST, value));
      const bounded = Math.fround(Math.min(LARGEST, Math.max(-LARGEST, value - origin)));
      const difference = timeOfDay.usual(timeSeconds);
      const usual = difference === null ? null : difference + origin;
      seen = Math.min(seen + 1, MOST_CHANCES);
      let sum = 0;
      for (let i = 0; i < channels.length; i++) {
        const odd = channels[i]!.observe(timeSeconds, bounded);
        if (seen > WARM_UP) sum += tails[i]!.observe(odd) ** FUSION;
      }
      const fused = (sum / channels.length) ** (1 / FUSION);
      const rarity = sum === 0 ? 0 : Math.max(0, fused - CHANCES * Math.log10(seen / 1000));
      return { score: refractory.observe(rarity) ? 1 - 10 ** -rarity : 0, rarity, usual };
    },
    snapshot: () => ({
      version: VERSION,
      seen,
      origin,
      memory: memory.snapshot(),
      channels: channels.map((channel) => channel.snapshot()),
      tails: tails.map((tail) => tail.snapshot()),
      refractory: refractory.snapshot(),
    }),
    restore(state) {
      if (!isSnapshot(state) || state.channels.length !== channels.length) return false;
      seen = state.seen;
      origin = state.origin;
      memory.restore(state.memory);
      for (const [i, channel] of channels.entries()) channel.restore(state.channels[i]);
      for (const [i, tail] of tails.entries()) tail.restore(state.tails[i]);
      refractory.restore(state.refractory);
      return true;
    },
  };
}

/** The ways of looking; those with the memory share it, and the last of them fills it. */
function createChannels(timeOfDay: TimeOfDay, memory: Recent): readonly Channel[] {
  const stateless = { snapshot: () => null, restore: () => {} };
  return [
    timeOfDay,
    levelChannel(),
    unrestChannel(),
    { name: 'value', observe: (_time, value) => nearestValue(memory, value), ...stateless },
    {
      name: 'shape',
      observe(_time, value) {
        memory.push(value);
        return nearestShape(memory);
      },
      ...stateless,
    },
  ];
}

interface Snapshot {
  readonly version: number;
  readonly seen: number;
  readonly origin: number | null;
  readonly memory: unknown;
  readonly channels: readonly unknown[];
  readonly tails: readonly unknown[];
  readonly refractory: unknown;
}

function isSnapshot(state: unknown): state is Snapshot {
  if (typeof state !== 'object' || state === null || !('version' in state) || !('channels' in state))
    return false;
  return state.version === VERSION && Array.isArray(state.channels);
}
