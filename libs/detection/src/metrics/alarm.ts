import type { Detection, Evidence, Level, MetricSample } from '@suite/event';
import { BoundedMap } from '../bounded-map.ts';
import { detectionId } from '../detection-id.ts';
import { ownString } from '../own-string.ts';
import type { Report } from '../port.ts';
import { sampleEvidence } from './sample-evidence.ts';

/** How bad: an index into the rule's levels, or `calm` when it is well enough to forget the alarm, else `between`. */
export type Verdict = number | 'calm' | 'between';

export interface AlarmShape {
  readonly rule: string;
  readonly title: string;
  /** Levels, the mildest first. */
  readonly levels: readonly Level[];
  /** A verdict must last for so long before it counts. */
  readonly afterUs: number;
}

interface Alarm {
  /** Index of the worst level that was reported; -1 for none. */
  reported: number;
  /** Since when the verdict is at least 0, at least 1, …; 0 where it is not. */
  sinceUs: number[];
  version: number;
  id: string;
  firstUs: number;
  evidence: Evidence[];
}

export interface Judged {
  readonly verdict: Verdict;
  readonly entities: Readonly<Record<string, string>>;
  /** The value for the evidence. */
  readonly shown: string;
  /** Asked for only when it is reported. */
  reason(): string;
}

const ALARMS = 2_000;
const EVIDENCE = 20;

/**
 * Plain limits with hysteresis: reported when a limit is passed for long enough, again as a new version of the same
 * detection when it gets worse, and then not before all was calm in between. Keeps 2,000 things under watch; the one
 * that was not measured for longest is forgotten first.
 */
export class Alarms {
  readonly #shape: AlarmShape;
  readonly #alarms = new BoundedMap<Alarm>(ALARMS);

  constructor(shape: AlarmShape) {
    this.#shape = shape;
  }

  judge(key: string, sample: MetricSample, judged: Judged, report: Report): void {
    const { verdict } = judged;
    let alarm = this.#alarms.get(key);
    if (verdict === 'calm') {
      if (alarm) this.#alarms.delete(key);
      return;
    }
    if (!alarm) {
      if (verdict === 'between') return;
      alarm = { reported: -1, sinceUs: [], version: 0, id: '', firstUs: sample.timeUs, evidence: [] };
      this.#alarms.set(ownString(key), alarm);
    }
    const worst = this.#lasting(alarm, verdict === 'between' ? -1 : verdict, sample.timeUs);
    if (worst <= alarm.reported) return;
    this.#raise(key, alarm, worst, sample, judged, report);
  }

  /** @returns the worst level that has lasted for long enough. */
  #lasting(alarm: Alarm, verdict: number, nowUs: number): number {
    let lasting = -1;
    for (let level = 0; level < this.#shape.levels.length; level++) {
      if (level > verdict) {
        alarm.sinceUs[level] = 0;
        continue;
      }
      // A clock that was set back begins the time anew.
      const since = alarm.sinceUs[level] ?? 0;
      if (since === 0 || since > nowUs) alarm.sinceUs[level] = nowUs;
      if (nowUs - alarm.sinceUs[level]! >= this.#shape.afterUs) lasting = level;
    }
    return lasting;
  }

  #raise(
    key: string,
    alarm: Alarm,
    worst: number,
    sample: MetricSample,
    judged: Judged,
    report: Report,
  ): void {
    const { rule, title, levels } = this.#shape;
    alarm.reported = worst;
    alarm.version += 1;
    const own = sampleEvidence(sample, judged.shown);
    if (alarm.evidence.length < EVIDENCE) alarm.evidence.push(own);
    alarm.id ||= detectionId(rule, { key }, own.id);
    const detection: Detection = {
      id: alarm.id,
      version: alarm.version,
      rule,
      title,
      level: levels[worst]!,
      timeUs: sample.timeUs,
      firstUs: Math.min(alarm.firstUs, sample.timeUs),
      entities: judged.entities,
      techniques: [],
      evidence: [...alarm.evidence],
      evidenceCount: alarm.version,
      reason: judged.reason(),
    };
    report(detection);
  }

  snapshot(): unknown {
    return this.#alarms.snapshot();
  }

  restore(state: unknown): void {
    this.#alarms.restore(state);
  }
}
