import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender } from './contender.ts';
import { timed } from './timed.ts';

/** Its jail's defaults: `maxretry = 5`, `findtime = 10m`. */
const MAX_RETRY = 5;
const FIND_TIME_S = 600;

/**
 * `fail2ban-regex` with its sshd filter: matching only, no jail, no ban. Which addresses its jail would ban is worked
 * out here from what it matched, and costs it no time; null where it is not installed.
 */
export function fail2ban(): Contender | null {
  const version = /fail2ban-regex (\S+)/.exec(
    spawnSync('fail2ban-regex', ['--version'], { encoding: 'utf8' }).stdout ?? '',
  );
  if (!version) return null;
  return {
    name: `fail2ban-regex ${version[1]}`,
    async run(log, dir) {
      const out = join(dir, 'fail2ban.txt');
      const argv = ['fail2ban-regex', '-o', '<ip> <time>', log, 'sshd'];
      const run = await timed(argv, { dir, out });
      return { ...run, found: banned(readFileSync(out, 'utf8')) };
    },
  };
}

function banned(matches: string): Set<string> {
  const recent = new Map<string, number[]>();
  const found = new Set<string>();
  for (const line of matches.split('\n')) {
    const [ip = '', time = ''] = line.split(' ');
    if (time === '') continue;
    const now = Number(time);
    const times = (recent.get(ip) ?? []).filter((earlier) => earlier > now - FIND_TIME_S);
    times.push(now);
    recent.set(ip, times);
    if (times.length >= MAX_RETRY) found.add(ip);
  }
  return found;
}
