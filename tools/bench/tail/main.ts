import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '../../provision/main.ts';
import { BENCH_PACKAGES } from '../../provision/packages.ts';
import { build } from '../build.ts';
import type { Reporter } from '../figure.ts';
import { provideUnpacked } from '../unpacked.ts';
import { LINE_BYTES, writeLogFile } from './log-file.ts';
import { type OwnRun, runOurs } from './ours.ts';
import { type Peer, RSYSLOG, runPeer, SYSLOG_NG, type TailRun } from './peers.ts';

const GB = 1_000_000_000;
const MIB = 2 ** 20;

/** One file of 1 GB (`--mb N` for less), shipped by TOM with acknowledgement, by rsyslog and syslog-ng without. */
export async function tail(report: Reporter, args: readonly string[]): Promise<void> {
  const bytesWanted = args.includes('--mb') ? Number(args[args.indexOf('--mb') + 1]) * 1e6 : GB;
  provision(BENCH_PACKAGES, process.env.SUITE_PROVISION !== 'no');
  build();
  const dir = mkdtempSync(join(tmpdir(), 'bench-tail-'));
  try {
    const file = join(dir, 'app.log');
    const bytes = writeLogFile(file, Math.floor(bytesWanted / LINE_BYTES));
    report.note(`${bytes} bytes in lines of ${LINE_BYTES}`);
    const ours = await runOurs(join(dir, 'ours'), file, bytes / LINE_BYTES);
    ownFigures(report, ours, bytes);
    for (const peer of peers(report)) {
      try {
        const theirs = await runPeer(peer, join(dir, peer.name.replace(/\W/g, '-')), file, bytes);
        peerFigures(report, ours, theirs, bytes);
      } catch (error) {
        report.note(`${peer.name} was not measured: ${(error as Error).message}`);
      }
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function peers(report: Reporter): readonly Peer[] {
  if (provideUnpacked('syslog-ng')) return [RSYSLOG, SYSLOG_NG];
  report.note('syslog-ng could not be had from Debian; left out');
  return [RSYSLOG];
}

function ownFigures(report: Reporter, run: OwnRun, bytes: number): void {
  const rate = bytes / MIB / run.seconds;
  report.figure({
    figure: 'acknowledged',
    value: rate,
    unit: 'MiB/s',
    bar: 'at least 100 MiB/s',
    ok: rate >= 100,
  });
  report.figure({ figure: 'TOM CPU', value: run.cpuSeconds / (bytes / GB), unit: 's/GB' });
  report.figure({ figure: 'NADIR CPU meanwhile', value: run.nadirCpuSeconds / (bytes / GB), unit: 's/GB' });
  const rss = run.peakRssBytes / 1e6;
  report.figure({ figure: 'TOM peak RSS', value: rss, unit: 'MB', bar: 'under 80 MB', ok: rss < 80 });
  report.figure({ figure: 'NADIR peak RSS', value: run.nadirPeakRssBytes / 1e6, unit: 'MB' });
}

function peerFigures(report: Reporter, ours: TailRun, theirs: TailRun, bytes: number): void {
  const against = theirs.name;
  const rate = (run: TailRun) => bytes / MIB / run.seconds;
  const cpu = (run: TailRun) => run.cpuSeconds / (bytes / GB);
  const isBar = against.startsWith('rsyslog');
  const rateRatio = rate(ours) / rate(theirs);
  const cpuRatio = cpu(ours) / cpu(theirs);
  report.figure({
    figure: 'rate, ours acknowledged, theirs sent',
    value: rate(ours),
    unit: 'MiB/s',
    against,
    theirs: rate(theirs),
    ratio: rateRatio,
    ...(isBar ? { bar: 'at least 1, aim 1.5', ok: rateRatio >= 1 } : {}),
  });
  report.figure({
    figure: 'CPU of the shipper',
    value: cpu(ours),
    unit: 's/GB',
    against,
    theirs: cpu(theirs),
    ratio: cpuRatio,
    ...(isBar ? { bar: 'at most 1, aim 0.5', ok: cpuRatio <= 1 } : {}),
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
