import { type Command, runCommand } from '@suite/cli';
import manifest from '../package.json' with { type: 'json' };
import { check } from './commands/check.ts';
import { ledger } from './commands/ledger.ts';
import { run } from './commands/run.ts';
import { status } from './commands/status.ts';
import { translate } from './translate.ts';

const nowMs = () => Date.now();

// Commands load what only they need when they run: the agent itself stays small.
/** The commands, in the order of the help. */
const COMMANDS: readonly Command[] = [run(nowMs, manifest.version), check, status(nowMs), ledger];

process.exitCode = await runCommand({
  app: { name: 'tom', version: manifest.version, summary: 'Tracking & Observation Microagent' },
  commands: COMMANDS,
  argv: process.argv.slice(2),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  nowMs,
  signals: process,
  exitNow: (code) => process.exit(code),
  translate,
});
