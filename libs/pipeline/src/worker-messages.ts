import type { DetectionSettings } from '@suite/detection';
import type { IncidentSettings } from '@suite/incidents';
import type { StoreSpec } from '@suite/store';
import type { RulesProblem, RulesSource } from './rules-folder.ts';
import type { Committed } from './runner.ts';

export interface WorkerInput {
  readonly journalDir: string;
  readonly journalMaxBytes: number;
  readonly store: StoreSpec;
  readonly settings: DetectionSettings;
  /** Where rules come from; no rules when left out. */
  readonly rules?: RulesSource;
  readonly incidents: IncidentSettings;
}

/** The rules that are in force from here on. */
export interface RulesReport {
  readonly count: number;
  readonly problems: readonly RulesProblem[];
}

export type ToWorker = { readonly type: 'head'; readonly position: number } | { readonly type: 'stop' };

export type FromWorker =
  | { readonly type: 'started'; readonly from: number; readonly stored: number }
  | { readonly type: 'committed'; readonly commit: Committed }
  | { readonly type: 'rules'; readonly rules: RulesReport }
  | { readonly type: 'trouble'; readonly reason: string | null }
  | { readonly type: 'state-lost'; readonly reason: string }
  | {
      readonly type: 'failed';
      readonly name: string;
      readonly code: string;
      readonly message: string;
      readonly stack: string;
    }
  | { readonly type: 'stopped' };
