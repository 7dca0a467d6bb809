import type { LogRecord, MetricSample } from '@suite/event';
import type { RuleSet } from '@suite/sigma';
import type { RuleAbout } from './about.ts';
import { AllowList } from './allow-list.ts';
import { AttemptTracker } from './attempt.ts';
import { nodeSilent } from './hosts/node-silent.ts';
import { createDetectors } from './list.ts';
import type { Detector, Observation, Report } from './port.ts';
import { RuleDetector } from './rules/rule-detector.ts';
import type { DetectionSettings } from './settings.ts';

/** Snapshot layout; a snapshot of another one is not restored. */
const VERSION = 1;

/** Runs all detectors over the stream of records. */
export interface DetectionEngine {
  /** One record, in the order of the log. */
  observe(record: LogRecord, report: Report): void;
  /** One measurement of a node, in the order of arrival. */
  sample(sample: MetricSample, report: Report): void;
  /** An agent's batch arrived, by NADIR's own clock; not called on replays. */
  seen(agent: string, host: string, nowUs: number): void;
  /** Time passed, by NADIR's own clock; not called on replays. */
  tick(nowUs: number, report: Report): void;
  /** What it can report. */
  readonly about: readonly RuleAbout[];
  /** Goes on with other rules; those that are the same as before keep their state. */
  setRules(rules: RuleSet): void;
  snapshot(): unknown;
  /** @returns false, and starts empty, when the snapshot is of another version. */
  restore(state: unknown): boolean;
}

export interface EngineOptions {
  /** Compiled rules beside the detectors; none when left out. */
  readonly rules?: RuleSet;
}

export function createEngine(settings: DetectionSettings, options: EngineOptions = {}): DetectionEngine {
  const attempts = new AttemptTracker();
  const silent = nodeSilent({ afterMs: settings.nodeSilentAfterMs });
  const rules = new RuleDetector(
    new AllowList(settings.allow),
    new AllowList(settings.web.trustedProxies),
    options.rules,
  );
  const detectors: readonly Detector[] = [...createDetectors(settings), silent, rules];
  const forAttempts = detectors.filter((d) => d.wants === 'attempt');
  const forAll = detectors.filter((d) => d.wants === 'all');
  const forUnparsed = detectors.filter((d) => d.unparsed);
  const forSamples = detectors.filter((d) => d.sample !== undefined);
  const byAction = actionTable(detectors);

  return {
    get about() {
      return detectors.flatMap((d) => d.about);
    },
    observe(record, report) {
      if (record.event === null) {
        for (const detector of forUnparsed) detector.observe({ record, attempt: null }, report);
        return;
      }
      const action = record.event['event.action'] ?? '';
      const attempt = action.startsWith('ssh_') ? attempts.observe(record) : null;
      const wanted = byAction.get(action);
      const seen: Observation = { record, attempt };
      if (attempt !== null) for (const detector of forAttempts) detector.observe(seen, report);
      if (wanted !== undefined) for (const detector of wanted) detector.observe(seen, report);
      for (const detector of forAll) detector.observe(seen, report);
    },
    sample(sample, report) {
      for (const detector of forSamples) detector.sample!(sample, report);
    },
    seen: (agent, host, nowUs) => silent.seen(agent, host, nowUs),
    tick(nowUs, report) {
      for (const detector of detectors) detector.tick?.(nowUs, report);
    },
    setRules: (ruleSet) => rules.setRules(ruleSet),
    snapshot: () => ({
      version: VERSION,
      attempts: attempts.snapshot(),
      detectors: Object.fromEntries(detectors.map((d) => [d.rule, d.snapshot()])),
    }),
    restore(state) {
      if (!isSnapshot(state)) return false;
      attempts.restore(state.attempts);
      for (const detector of detectors)
        if (detector.rule in state.detectors) detector.restore(state.detectors[detector.rule]);
      return true;
    },
  };
}

function actionTable(detectors: readonly Detector[]): ReadonlyMap<string, readonly Detector[]> {
  const table = new Map<string, Detector[]>();
  for (const detector of detectors) {
    if (typeof detector.wants === 'string') continue;
    for (const action of detector.wants) table.set(action, [...(table.get(action) ?? []), detector]);
  }
  return table;
}

function isSnapshot(state: unknown): state is { attempts: unknown; detectors: Record<string, unknown> } {
  return typeof state === 'object' && state !== null && 'version' in state && state.version === VERSION;
}
