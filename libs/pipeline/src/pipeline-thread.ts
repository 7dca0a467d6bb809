import { Worker } from 'node:worker_threads';
import type { Committed } from './runner.ts';
import type { FromWorker, RulesReport, ToWorker, WorkerInput } from './worker-messages.ts';

export interface PipelineStart {
  /** The journal position that it reads on from. */
  readonly from: number;
  /** The journal position that is stored; a journal that is made anew must begin there. */
  readonly stored: number;
}

export interface PipelineThreadOptions extends WorkerInput {
  onCommitted(commit: Committed): void;
  onTrouble(reason: string | null): void;
  /** The stored state could not be read: detection remembers nothing from before. */
  onStateLost?(reason: string): void;
  /** Rules were loaded, at the start or because their files changed. */
  onRules?(rules: RulesReport): void;
  /** The pipeline ended by itself: nothing is parsed or stored any more. */
  onFailed(error: Error): void;
}

/** The worker's module stands beside this one, among the sources as in a bundle. */
const WORKER = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.mjs';

/** The pipeline in a thread of its own. */
export class PipelineThread {
  readonly #options: PipelineThreadOptions;
  #worker: Worker | null = null;
  #stopped: (() => void) | null = null;

  constructor(options: PipelineThreadOptions) {
    this.#options = options;
  }

  /** @throws what opening the store threw. */
  async start(): Promise<PipelineStart> {
    const { journalDir, journalMaxBytes, store, settings, incidents, rules } = this.#options;
    const workerData: WorkerInput = {
      journalDir,
      journalMaxBytes,
      store,
      settings,
      incidents,
      ...(rules ? { rules } : {}),
    };
    const worker = new Worker(new URL(WORKER, import.meta.url), {
      workerData,
      name: 'pipeline',
    });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      let started = false;
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'started') {
          started = true;
          resolve({ from: message.from, stored: message.stored });
        } else if (message.type === 'failed' && !started) reject(toError(message));
        else this.#heard(message);
      });
      worker.on('error', (error) => (started ? this.#options.onFailed(error as Error) : reject(error)));
      worker.on('exit', () => {
        this.#worker = null;
        this.#stopped?.();
      });
    });
  }

  head(position: number): void {
    this.#tell({ type: 'head', position });
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    await new Promise<void>((resolve) => {
      this.#stopped = resolve;
      this.#tell({ type: 'stop' });
    });
    await worker.terminate();
  }

  #heard(message: FromWorker): void {
    switch (message.type) {
      case 'committed':
        this.#options.onCommitted(message.commit);
        break;
      case 'rules':
        this.#options.onRules?.(message.rules);
        break;
      case 'trouble':
        this.#options.onTrouble(message.reason);
        break;
      case 'state-lost':
        this.#options.onStateLost?.(message.reason);
        break;
      case 'failed':
        this.#options.onFailed(toError(message));
        break;
      case 'stopped':
        this.#stopped?.();
        break;
      case 'started':
        break;
    }
  }

  #tell(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }
}

function toError(message: Extract<FromWorker, { type: 'failed' }>): Error {
  return Object.assign(new Error(message.message), {
    name: message.name,
    code: message.code,
    stack: message.stack,
  });
}
