import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { provision } from '../provision/main.ts';
import { TEST_PACKAGES } from '../provision/packages.ts';

// `npm test`: real servers, then lint and types of every project through Nx, then all tests in one vitest run.
// Closes with one line that counts what passed, failed and was skipped.

const root = join(import.meta.dirname, '../..');
const args = process.argv.slice(2);
/** What belongs to no project. */
const rootFiles = ['package.json', 'biome.json', 'nx.json', 'tsconfig.base.json', 'vitest.config.ts'];
const wanted = args.filter((arg) => !arg.startsWith('--'));

provision(TEST_PACKAGES, process.env.SUITE_PROVISION !== 'no' && !args.includes('--no-provision'));

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
if (wanted.length === 0) {
  count(run('biome', ['check', 'tools', 'test', ...rootFiles]), 'lint of tools and tests');
  count(run('tsc', ['-p', 'tsconfig.json']), 'types of tools and tests');
  for (const target of ['lint', 'typecheck', 'build'])
    count(run('nx', ['run-many', '-t', target, '--outputStyle=static']), target);
}
vitest(wanted);
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;

function vitest(filters: readonly string[]): void {
  const report = join(root, '.cache', 'vitest.json');
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(report, { force: true });
  const ok = run('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ]);
  const result = readReport(report);
  if (!result) {
    count(false, 'vitest');
    return;
  }
  tally.passed += result.numPassedTests;
  tally.failed += result.numFailedTests;
  tally.skipped += result.numPendingTests + (result.numTodoTests ?? 0);
  // A file that failed outside a test, or an unhandled rejection.
  if (!ok && result.numFailedTests === 0) count(false, 'vitest');
  for (const name of skippedNames(result)) process.stdout.write(`skipped: ${name}\n`);
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests?: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

function readReport(file: string): VitestReport | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  } catch {
    return null;
  }
}

function skippedNames(report: VitestReport): string[] {
  const all = report.testResults.flatMap((file) => file.assertionResults);
  return all
    .filter((test) => test.status === 'skipped' || test.status === 'pending')
    .map((test) => test.fullName);
}

function run(command: string, commandArgs: readonly string[]): boolean {
  const result = spawnSync(join(root, 'node_modules', '.bin', command), commandArgs, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
  });
  return result.status === 0;
}

function count(ok: boolean, what: string): void {
  if (ok) tally.passed += 1;
  else {
    tally.failed += 1;
    process.stdout.write(`failed: ${what}\n`);
  }
}
