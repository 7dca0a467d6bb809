import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SshLog, type SshLogTruth } from '../../loggen/ssh-log.ts';
import { provision } from '../../provision/main.ts';
import { BENCH_PACKAGES } from '../../provision/packages.ts';
import { build } from '../build.ts';
import type { Reporter } from '../figure.ts';
import type { Contender } from './contender.ts';
import { crowdsec } from './crowdsec.ts';
import { fail2ban } from './fail2ban.ts';
import { NADIR } from './nadir.ts';
import { hasTime, type TimedRun } from './timed.ts';

const LINES = 1_000_000;
const TIMES_CROWDSEC = 5;
const RSS_MB = 250;

/** NADIR, CrowdSec and fail2ban-regex on the same generated log of a million lines, one after the other. */
export async function detect(report: Reporter): Promise<void> {
  provision(BENCH_PACKAGES, process.env.SUITE_PROVISION !== 'no');
  if (!hasTime) throw new Error('GNU time is needed: apt-get install time');
  build();
  const dir = mkdtempSync(join(tmpdir(), 'bench-detect-'));
  try {
    const log = join(dir, 'auth.log');
    const truth = generate(log);
    report.note(`${LINES} lines, ${truth.attackers.length} burst attackers, ${truth.honest.length} people`);
    const ours = await NADIR.run(log, dir);
    for (const peer of [crowdsec(), fail2ban()]) {
      if (peer === null) {
        report.note('a peer is not there and is left out');
        continue;
      }
      const theirs = await peer.run(log, dir);
      show(report, peer, theirs, truth);
      compare(report, ours, theirs, peer.name);
    }
    show(report, NADIR, ours, truth);
    report.figure({
      figure: `${NADIR.name}: peak RSS`,
      value: ours.peakRssBytes / 1e6,
      unit: 'MB',
      bar: `under ${RSS_MB} MB`,
      ok: ours.peakRssBytes < RSS_MB * 1e6,
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function generate(file: string): SshLogTruth {
  const log = new SshLog({ seed: 1, lines: LINES, startMs: Date.UTC(2026, 0, 1) });
  const fd = openSync(file, 'w');
  for (const chunk of log.chunks()) writeSync(fd, chunk);
  closeSync(fd);
  return log.truth;
}

function show(
  report: Reporter,
  { name }: Contender,
  run: TimedRun & { readonly found: ReadonlySet<string> },
  truth: SshLogTruth,
): void {
  const mine = name === NADIR.name;
  const missed = truth.attackers.filter((address) => !run.found.has(address)).length;
  const wronged = truth.honest.filter((address) => run.found.has(address)).length;
  const none = mine ? { bar: 'none' } : {};
  report.figure({ figure: `${name}: rate`, value: LINES / run.seconds, unit: 'lines/s' });
  report.figure({ figure: `${name}: CPU per million lines`, value: run.cpuSeconds, unit: 's' });
  if (!mine) report.figure({ figure: `${name}: peak RSS`, value: run.peakRssBytes / 1e6, unit: 'MB' });
  report.figure({
    figure: `${name}: attackers found`,
    value: truth.attackers.length - missed,
    unit: 'addresses',
  });
  report.figure({
    figure: `${name}: attackers missed`,
    value: missed,
    unit: 'addresses',
    ...none,
    ...(mine ? { ok: missed === 0 } : {}),
  });
  report.figure({
    figure: `${name}: people taken for attackers`,
    value: wronged,
    unit: 'addresses',
    ...none,
    ...(mine ? { ok: wronged === 0 } : {}),
  });
}

function compare(report: Reporter, ours: TimedRun, theirs: TimedRun, against: string): void {
  const rate = theirs.seconds / ours.seconds;
  const isBar = against.startsWith('CrowdSec');
  report.figure({
    figure: 'rate',
    value: LINES / ours.seconds,
    unit: 'lines/s',
    against,
    theirs: LINES / theirs.seconds,
    ratio: rate,
    ...(isBar ? { bar: `at least ${TIMES_CROWDSEC} ×`, ok: rate >= TIMES_CROWDSEC } : {}),
  });
  report.figure({
    figure: 'CPU',
    value: ours.cpuSeconds,
    unit: 's',
    against,
    theirs: theirs.cpuSeconds,
    ratio: ours.cpuSeconds / theirs.cpuSeconds,
  });
  report.figure({
    figure: 'peak RSS',
    value: ours.peakRssBytes / 1e6,
    unit: 'MB',
    against,
    theirs: theirs.peakRssBytes / 1e6,
    ratio: ours.peakRssBytes / theirs.peakRssBytes,
  });
}
