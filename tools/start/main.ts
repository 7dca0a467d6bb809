import { parseArgs } from 'node:util';
import { buildConsole } from './build-console.ts';
import { replayAndShow } from './replay.ts';
import { runBoth } from './run-both.ts';
import { stateDir } from './state-dir.ts';

const USAGE = `npm start                              NADIR and TOM on this machine, embedded store, console
npm start -- --port 7071               another port than 7070
npm start -- --store influx://HOST/DB  events into InfluxDB
npm start -- --replay FILE…            any log through the whole pipeline, on its own clock
`;

// `npm start`: the suite on this machine, from one command.

function arguments_() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        replay: { type: 'boolean' },
        store: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    process.stderr.write(`npm start: ${(error as Error).message.split('\n')[0]}\n\n${USAGE}`);
    process.exit(2);
  }
}

const { values, positionals } = arguments_();
if (values.help) {
  process.stdout.write(USAGE);
} else if (values.replay) {
  if (positionals.length === 0) {
    process.stderr.write(`npm start -- --replay: name at least one log file\n\n${USAGE}`);
    process.exit(2);
  }
  if (process.stdout.isTTY) buildConsole();
  process.exitCode = await replayAndShow(positionals, { port: values.port });
} else if (positionals.length > 0) {
  process.stderr.write(`npm start: what is "${positionals[0]}"?\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  buildConsole();
  process.exitCode = await runBoth({ dir: stateDir(process.env), port: values.port, store: values.store });
}
