import type { DetectionSettings } from '@suite/detection';
import type { IncidentSettings } from '@suite/incidents';
import type { StoreSpec } from '@suite/store';
import type { Committed } from './runner.ts';

export interface WorkerInput {
  readonly journalDir: string;
  readonly store: StoreSpec;
  readonly settings: DetectionSettings;
  readonly incidents: IncidentSettings;
}

export type ToWorker = { readonly type: 'head'; readonly position: number } | { readonly type: 'stop' };

export type FromWorker =
  | { readonly type: 'started'; readonly from: number; readonly stored: number }
  | { readonly type: 'committed'; readonly commit: Committed }
  | { readonly type: 'trouble'; readonly reason: string | null }
  | {
      readonly type: 'failed';
      readonly name: string;
      readonly code: string;
      readonly message: string;
      readonly stack: string;
    }
  | { readonly type: 'stopped' };
