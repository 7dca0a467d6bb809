import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { BENCH_PACKAGES, type ProvisionPackage, TEST_PACKAGES } from './packages.ts';

/**
 * Installs, from Debian, the real servers that tests and benchmarks talk to. Says what and why before; services
 * that packages bring are neither started nor left enabled. Where it may not or can not, the suites that need
 * them are skipped by name.
 */
export function provision(packages: readonly ProvisionPackage[], allowed: boolean): void {
  const missing = packages.filter((p) => !isInstalled(p.name));
  if (missing.length === 0) return;
  const list = missing.map((p) => `  ${p.name.padEnd(24)} ${p.why}\n`).join('');
  const why = whyNot(allowed);
  if (why) {
    process.stderr.write(`Not installed, so their suites are skipped (${why}):\n${list}`);
    return;
  }
  process.stderr.write(`Installing from Debian (refuse with --no-provision or SUITE_PROVISION=no):\n${list}`);
  const guarded = holdServices();
  try {
    const names = missing.map((p) => p.name);
    const installed = install(names) || (run('apt-get', ['update', '-q']) && install(names));
    if (!installed) process.stderr.write('apt-get failed; the suites that need these are skipped.\n');
  } finally {
    if (guarded) rmSync(POLICY);
  }
  for (const { unit } of missing)
    if (unit && existsSync('/run/systemd/system')) run('systemctl', ['disable', '--now', unit]);
}

const POLICY = '/usr/sbin/policy-rc.d';

function whyNot(allowed: boolean): string | null {
  if (!allowed) return 'refused';
  if (process.getuid?.() !== 0) return 'not root';
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/etc/debian_version')) return 'not Debian';
  return null;
}

/** Debian's way to say that installing a package must not start its service. */
function holdServices(): boolean {
  if (existsSync(POLICY)) return false;
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  return true;
}

function isInstalled(name: string): boolean {
  const result = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' });
  return result.status === 0 && result.stdout.includes('install ok installed');
}

function install(names: readonly string[]): boolean {
  return run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names]);
}

function run(command: string, args: readonly string[]): boolean {
  const result = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (result.status !== 0) process.stderr.write(result.stderr?.split('\n').slice(-4).join('\n') ?? '');
  return result.status === 0;
}

if (import.meta.main) {
  const allowed = process.env.SUITE_PROVISION !== 'no' && !process.argv.includes('--no-provision');
  const bench = process.argv.includes('--bench');
  provision(bench ? [...TEST_PACKAGES, ...BENCH_PACKAGES] : TEST_PACKAGES, allowed);
}
