import { commands } from './commands.ts';
import { detect } from './detect/main.ts';
import { createReporter, machine, type Reporter } from './figure.ts';
import { intake } from './intake.ts';
import { nab } from './nab.ts';
import { replay } from './replay.ts';
import { rules } from './rules.ts';
import { sockets } from './sockets.ts';
import { tail } from './tail/main.ts';
import { templates } from './templates.ts';

/** `npm run bench -- NAME [--json]`. A new one is a file here and a line in this list. */
const BENCHES: Readonly<
  Record<string, { title: string; run(report: Reporter, args: readonly string[]): Promise<void> }>
> = {
  tail: { title: 'file → TOM → acknowledged durable by NADIR, beside rsyslog and syslog-ng', run: tail },
  intake: { title: 'append → acknowledged, and NADIR taking batches', run: intake },
  detect: { title: 'NADIR, CrowdSec and fail2ban-regex on the same million lines', run: detect },
  nab: { title: 'series of numbers on the Numenta Anomaly Benchmark', run: nab },
  commands: { title: 'shell commands: everyday ones flagged, attacks found, per second', run: commands },
  rules: { title: 'records per second through the rules alone', run: rules },
  replay: { title: 'lines per second through parse and detect', run: replay },
  sockets: { title: 'what looking at sockets costs the agent', run: sockets },
  templates: { title: 'kinds of log lines: grouping accuracy, lines per second, memory', run: templates },
};

const [name = '', ...args] = process.argv.slice(2).filter((arg) => arg !== '--json');
const bench = BENCHES[name];
if (!bench) {
  process.stderr.write(`usage: npm run bench -- NAME [--json]\n\n`);
  for (const [key, { title }] of Object.entries(BENCHES))
    process.stderr.write(`  ${key.padEnd(10)} ${title}\n`);
  process.exit(name === '' ? 0 : 2);
}
const report = createReporter(name, process.argv.includes('--json'));
report.note(`npm run bench -- ${name}   ${machine()}`);
await bench.run(report, args);
