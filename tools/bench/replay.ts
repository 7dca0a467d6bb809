import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SshLog } from '../loggen/ssh-log.ts';
import type { Reporter } from './figure.ts';

const LINES = 1_000_000;
const BAR = 100_000;

/** One million generated auth.log lines through parse, and through parse and detect, store off. */
export async function replay(report: Reporter): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-replay-'));
  try {
    const file = join(dir, 'auth.log');
    const log = new SshLog({ seed: 1, lines: LINES, startMs: Date.UTC(2026, 0, 1) });
    const fd = openSync(file, 'w');
    for (const chunk of log.chunks()) writeSync(fd, chunk);
    closeSync(fd);
    const nadir = join(import.meta.dirname, '../../apps/nadir/bin/nadir.mjs');
    report.note(`nadir bench replay ${file}   (${LINES} lines)`);
    const out = execFileSync(process.execPath, [nadir, 'bench', 'replay', file, '--json'], {
      encoding: 'utf8',
    });
    for (const line of out.trim().split('\n')) {
      const { type, figure, value, unit } = JSON.parse(line) as Record<string, string> & { value: number };
      if (type !== 'figure') continue;
      const rate = unit === 'lines/s';
      report.figure({
        figure: figure!,
        value,
        unit: unit!,
        ...(rate ? { bar: `at least ${BAR} lines/s, aim 200000`, ok: value >= BAR } : {}),
      });
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
