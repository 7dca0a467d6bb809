import { type Command, runCommand } from '@suite/cli';
import manifest from '../package.json' with { type: 'json' };
import { benchReplay } from './commands/bench-replay.ts';
import { check } from './commands/check.ts';
import { commands } from './commands/commands.ts';
import { notifyTest } from './commands/notify-test.ts';
import { parse } from './commands/parse.ts';
import { replayCommand } from './commands/replay.ts';
import { rulesCheck } from './commands/rules.ts';
import { score } from './commands/score.ts';
import { serve } from './commands/serve.ts';
import { templates } from './commands/templates.ts';
import { translate } from './translate.ts';

/** The commands, in the order of the help. */
const clockUs = () => Date.now() * 1000;
const COMMANDS: readonly Command[] = [
  serve(clockUs),
  check,
  parse(clockUs),
  replayCommand(clockUs),
  templates(clockUs),
  score(clockUs),
  commands(clockUs),
  rulesCheck(clockUs),
  benchReplay(clockUs),
  notifyTest(clockUs),
];

process.exitCode = await runCommand({
  app: {
    name: 'nadir',
    version: manifest.version,
    summary: 'Network Anomaly Detection and Intrusion Reporter',
  },
  commands: COMMANDS,
  argv: process.argv.slice(2),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  nowMs: () => Date.now(),
  signals: process,
  exitNow: (code) => process.exit(code),
  translate,
});
