import { createSeriesScorer, type SeriesScorer } from '@suite/anomaly';
import type { Detection, MetricSample } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import { detectionId } from '../detection-id.ts';
import { ownString } from '../own-string.ts';
import type { Detector } from '../port.ts';
import { quoteName } from '../wording.ts';
import { addReading, type FiveMinutes, freshFiveMinutes, type Mean } from './five-minutes.ts';
import { sampleEvidence } from './sample-evidence.ts';
import { type Watched, watchedOf } from './watched.ts';

const RULE = 'metric-unusual';
const TITLE = 'A measurement is far from usual';
/** About 20 KiB each. */
const SERIES = 500;
/** Two days of five minutes. */
const LEARNED = 576;
/** Readings remembered one by one: two days. */
const MEMORY = 576;
/** Quiet series reach it less than once in a month; see docs/numbers.md. */
const LEAST_RARITY = 2.5;

interface Series {
  readonly minutes: FiveMinutes;
  readonly scorer: SeriesScorer;
  seen: number;
}

/**
 * A node's CPU, memory, swap, load, disks or incoming traffic are far from what is usual at this hour: judged every five
 * minutes by the scorer of number series, after two days of learning, and only where the difference matters to a person.
 */
export function unusualSeries(): Detector {
  const all = new BoundedMap<Series>(SERIES);
  return {
    rule: RULE,
    about: [ABOUT],
    wants: [],
    observe() {},
    sample(sample, report) {
      const watched = watchedOf(sample);
      if (watched === null) return;
      const key = `${sample.host}\0${watched.key}`.slice(0, 400);
      let series = all.get(key);
      if (!series) {
        series = { minutes: freshFiveMinutes(), scorer: newScorer(), seen: 0 };
        all.set(ownString(key), series);
      }
      const mean = addReading(series.minutes, sample.timeUs, watched.value, watched.isCounter);
      if (mean === null) return;
      const { score, usual } = series.scorer.observe(mean.fromUs / 1e6, mean.value);
      series.seen = Math.min(series.seen + 1, LEARNED);
      if (series.seen < LEARNED || usual === null || score === 0) return;
      if (Math.abs(mean.value - usual) < watched.matters) return;
      report(detectionOf(sample, watched, mean, usual));
    },
    snapshot: () =>
      all
        .snapshot()
        .map(([key, { minutes, scorer, seen }]) => [key, { minutes, seen, scorer: scorer.snapshot() }]),
    restore(state) {
      const entries = Array.isArray(state) ? (state as [string, StoredSeries][]) : [];
      all.restore(
        entries.flatMap(([key, stored]) => {
          const scorer = newScorer();
          if (!scorer.restore(stored.scorer)) return [];
          return [[key, { minutes: stored.minutes, seen: stored.seen, scorer }]];
        }),
      );
    },
  };
}

interface StoredSeries {
  readonly minutes: FiveMinutes;
  readonly seen: number;
  readonly scorer: unknown;
}

function newScorer(): SeriesScorer {
  return createSeriesScorer({ memory: MEMORY, leastRarity: LEAST_RARITY });
}

function detectionOf(sample: MetricSample, watched: Watched, mean: Mean, usual: number): Detection {
  const entities = { 'host.name': sample.host, 'metric.name': sample.name };
  const [now, before] = [watched.shown(mean.value), watched.shown(usual)];
  const evidence = {
    ...sampleEvidence({ ...sample, timeUs: mean.fromUs }, now),
    text: `${watched.what}: ${now}, mean of five minutes`,
  };
  return {
    id: detectionId(RULE, { ...entities, key: watched.key }, evidence.id),
    version: 1,
    rule: RULE,
    title: TITLE,
    level: 'low',
    timeUs: sample.timeUs,
    firstUs: mean.fromUs,
    entities,
    techniques: [],
    evidence: [evidence],
    evidenceCount: 1,
    reason:
      `${watched.what} of ${quoteName(sample.host)}: ${now} over five minutes; about ${before} is usual at this hour, and ` +
      `it has rarely been so far from it. Next: see what runs (${watched.next}), and what began at that time.`,
  };
}

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['low'],
  techniques: [],
  source: "the agent's measurements of CPU, memory, swap, load, disks and network",
  why: 'A five-minute mean stands out by its value, its hour, its level, its unrest or its shape from what the node has done before, by an amount that matters. Miners, runaway jobs, dying disks and floods look like that.',
  falsePositives: ['The first run of a new job; what comes every day is learned within a few days'],
  next: 'See what runs on the node and what began at that time: logins, deployments, timers.',
  keeps:
    '500 series of about 20 KiB, two days of readings each and three months of how far they stray; the one that was not measured for longest is forgotten first. Speaks after two days.',
  examples: { testedIn: 'libs/detection/src/metrics/unusual-series.test.ts' },
};
