import { defineCommand, runCommand } from '@suite/cli';

/** A program that writes lines for ever; for the test of what happens when its reader leaves. */
const lines = defineCommand({
  name: 'lines',
  summary: 'writes lines for ever',
  options: {},
  positionals: [],
  async run({ output, print, signal }) {
    for (let line = 1; ; line++) {
      await output.write({ line });
      await print(`line ${line}`);
      signal.throwIfAborted();
    }
  },
});

process.exitCode = await runCommand({
  app: { name: 'endless', version: '0', summary: '' },
  commands: [lines],
  argv: process.argv.slice(2),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  nowMs: () => Date.now(),
  signals: process,
  exitNow: (code) => process.exit(code),
});
