/**
 * Lines framed and parsed per second in one thread: `node libs/formats/src/syslog/syslog.bench.ts [LINES]`.
 * Prints one JSON object per mix of lines, with machine and versions.
 */
import os from 'node:os';
import type { Format } from '../port.ts';
import { journaldFormat } from './journald.ts';
import { syslogFormat } from './syslog-format.ts';

const count = Number(process.argv[2] ?? 500_000);

const SSHD = [
  (n: number) => `Failed password for root from 203.0.113.${n & 255} port ${1024 + (n % 60_000)} ssh2`,
  (n: number) =>
    `Failed password for invalid user user${n} from 198.51.100.${n & 255} port ${1024 + (n % 60_000)} ssh2`,
  (n: number) => `Invalid user user${n} from 198.51.100.${n & 255} port ${1024 + (n % 60_000)}`,
  (n: number) =>
    `Connection closed by invalid user user${n} 198.51.100.${n & 255} port ${1024 + (n % 60_000)} [preauth]`,
  (n: number) =>
    `Received disconnect from 203.0.113.${n & 255} port ${1024 + (n % 60_000)}:11: Bye Bye [preauth]`,
  (n: number) =>
    `Disconnected from authenticating user root 203.0.113.${n & 255} port ${1024 + (n % 60_000)} [preauth]`,
];
const PAM = [
  () => 'pam_unix(sshd:auth): check pass; user unknown',
  (n: number) =>
    `pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.${n & 255}  user=root`,
];

function bsd(n: number, message: string): string {
  const seconds = Math.floor(n / 8);
  const two = (value: number) => String(value % 60).padStart(2, '0');
  return `Dec 10 ${String(Math.floor(seconds / 3600) % 24).padStart(2, '0')}:${two(Math.floor(seconds / 60))}:${two(seconds)} web1 sshd[${n}]: ${message}`;
}

function iso(n: number, message: string): string {
  return `${new Date(1.76e12 + n * 125).toISOString()} web1 sshd[${n}]: ${message}`;
}

function entry(n: number, message: string): string {
  return JSON.stringify({
    __REALTIME_TIMESTAMP: String(1.76e15 + n),
    _HOSTNAME: 'web1',
    SYSLOG_IDENTIFIER: 'sshd',
    _PID: String(n),
    PRIORITY: '6',
    _SYSTEMD_UNIT: 'ssh.service',
    MESSAGE: message,
  });
}

function measure(name: string, format: Format, lines: readonly string[]): void {
  const rates: number[] = [];
  const perCpuSecond: number[] = [];
  let events = 0;
  for (let round = 0; round < 5; round++) {
    const parser = format.create({ year: 2025 });
    const cpu = process.threadCpuUsage();
    const start = performance.now();
    for (const line of lines) {
      parser.push(line, null, (_ref, _text, _format, event) => {
        if (event !== null) events++;
      });
    }
    rates.push(lines.length / ((performance.now() - start) / 1000));
    const { user, system } = process.threadCpuUsage(cpu);
    perCpuSecond.push(lines.length / ((user + system) / 1_000_000));
  }
  rates.sort((a, b) => a - b);
  perCpuSecond.sort((a, b) => a - b);
  console.log(
    JSON.stringify({
      bench: 'formats',
      figure: name,
      value: Math.round(rates[2] ?? 0),
      unit: 'lines/s',
      // On a busy machine the truer figure: lines per second of this thread's own CPU time.
      perCpuSecond: Math.round(perCpuSecond[2] ?? 0),
      lines: lines.length,
      events,
      cpu: os.cpus()[0]?.model,
      cores: os.cpus().length,
      node: process.version,
    }),
  );
}

const pick = (kinds: readonly ((n: number) => string)[], n: number) =>
  (kinds[n % kinds.length] as (n: number) => string)(n);
const lines = (frame: (n: number, message: string) => string, kinds: readonly ((n: number) => string)[]) =>
  Array.from({ length: count }, (_, n) => frame(n, pick(kinds, n)));

measure('sshd in RFC 3164', syslogFormat, lines(bsd, SSHD));
measure('sshd with ISO stamps', syslogFormat, lines(iso, SSHD));
measure('sshd and PAM in RFC 3164', syslogFormat, lines(bsd, [...SSHD, ...PAM]));
measure('sshd in journald', journaldFormat, lines(entry, SSHD));
