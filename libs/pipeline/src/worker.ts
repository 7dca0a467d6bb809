import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openStoreWriter } from '@suite/store';
import { RulesFolder, type RulesLoaded } from './rules-folder.ts';
import { PipelineRunner } from './runner.ts';
import type { FromWorker, ToWorker, WorkerInput } from './worker-messages.ts';

// The pipeline's thread. Intake answers senders on the main thread; parsing, detecting and storing wait here
// behind the journal, at a lower priority, so that a flood of lines never delays an acknowledgement.

const port = parentPort!;
const input = workerData as WorkerInput;
const say = (message: FromWorker) => port.postMessage(message);
const NICE = 10;
/** Problems of rule files told to the main thread at once. */
const MOST_PROBLEMS = 100;

async function main(): Promise<void> {
  yieldToIntake();
  const store = await openStoreWriter(input.store);
  const tell = ({ ruleSet, problems }: RulesLoaded) =>
    say({
      type: 'rules',
      rules: { count: ruleSet.rules.length, problems: problems.slice(0, MOST_PROBLEMS) },
    });
  const folder = input.rules
    ? new RulesFolder(input.rules, (loaded) => {
        runner.setRules(loaded.ruleSet);
        tell(loaded);
      })
    : null;
  const loaded = await folder?.start();
  if (loaded) tell(loaded);
  const runner = new PipelineRunner({
    journalDir: input.journalDir,
    journalMaxBytes: input.journalMaxBytes,
    store,
    settings: input.settings,
    ...(loaded ? { rules: loaded.ruleSet } : {}),
    incidents: input.incidents,
    clockUs: () => Date.now() * 1000,
    onCommitted: (commit) => say({ type: 'committed', commit }),
    onTrouble: (reason) => say({ type: 'trouble', reason }),
    onStateLost: (reason) => say({ type: 'state-lost', reason }),
  });
  const from = await runner.start();
  say({ type: 'started', from, stored: runner.stored });
  port.on('message', (message: ToWorker) => {
    if (message.type === 'head') runner.head(message.position);
    else
      Promise.resolve(folder?.stop())
        .then(() => runner.stop())
        .then(() => store.stop())
        .then(() => say({ type: 'stopped' }), fail)
        .finally(() => port.close());
  });
  runner.failed.catch(fail);
}

/** Linux gives each thread a priority of its own; elsewhere this does nothing. */
function yieldToIntake(): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), NICE);
  } catch {
    // No /proc: all threads are equal.
  }
}

function fail(error: unknown): void {
  const { message, stack = '', name } = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  say({ type: 'failed', name, code, message, stack });
}

main().catch(fail);
