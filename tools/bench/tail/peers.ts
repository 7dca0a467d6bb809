import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { usageOf } from '../process-usage.ts';
import { unpackedRoot } from '../unpacked.ts';

/** What a run of one shipper over the file took. */
export interface TailRun {
  readonly name: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
}

export interface Peer {
  readonly name: string;
  /** Command line and environment that ship `file`, line by line over TCP, to the port. */
  command(dir: string, file: string, port: number): { argv: readonly string[]; env?: Record<string, string> };
}

const LIMIT_MS = 240_000;

export const RSYSLOG: Peer = {
  name: versionOf('rsyslogd', ['-v'], /rsyslogd\s+(\S+)/, 'rsyslog'),
  command(dir, file, port) {
    writeFileSync(
      join(dir, 'rsyslog.conf'),
      `global(workDirectory="${dir}" maxMessageSize="64k")
module(load="imfile" mode="inotify")
template(name="raw" type="string" string="%msg%\\n")
input(type="imfile" File="${file}" Tag="t" Facility="local0" ruleset="fwd")
ruleset(name="fwd") { action(type="omfwd" target="127.0.0.1" port="${port}" protocol="tcp" template="raw") }
`,
    );
    return {
      argv: ['/usr/sbin/rsyslogd', '-n', '-f', join(dir, 'rsyslog.conf'), '-i', join(dir, 'rsyslog.pid')],
    };
  },
};

export const SYSLOG_NG: Peer = {
  name: 'syslog-ng 3.38.1',
  command(dir, file, port) {
    const lib = join(unpackedRoot('syslog-ng'), 'usr/lib/x86_64-linux-gnu');
    const modules = join(unpackedRoot('syslog-ng'), 'usr/lib/syslog-ng');
    writeFileSync(
      join(dir, 'syslog-ng.conf'),
      `@version: 3.38
options { stats_freq(0); };
source s { file("${file}" flags(no-parse) follow-freq(1) log-fetch-limit(10000) log-iw-size(100000)); };
destination d { network("127.0.0.1" port(${port}) template("$MSG\\n") log-fifo-size(200000)); };
log { source(s); destination(d); flags(flow-control); };
`,
    );
    return {
      argv: [
        join(unpackedRoot('syslog-ng'), 'usr/sbin/syslog-ng'),
        '-F',
        '--no-caps',
        '-f',
        join(dir, 'syslog-ng.conf'),
        '-R',
        join(dir, 'persist'),
        '-p',
        join(dir, 'pid'),
        '-c',
        join(dir, 'ctl'),
        `--module-path=${join(modules, readdirSync(modules).find((name) => /^\d/.test(name)) ?? '')}`,
      ],
      env: {
        LD_LIBRARY_PATH: `${lib}:${join(unpackedRoot('syslog-ng'), 'lib/x86_64-linux-gnu')}:${modules}`,
      },
    };
  },
};

/** Runs a peer until all bytes arrived at a sink on loopback. */
export async function runPeer(peer: Peer, dir: string, file: string, bytes: number): Promise<TailRun> {
  mkdirSync(dir, { recursive: true });
  const sink = fork(join(import.meta.dirname, 'sink.ts'), [String(bytes)]);
  let child: ChildProcess | undefined;
  try {
    const port = await message<number>(sink, 'port');
    const { argv, env } = peer.command(dir, file, port);
    const began = process.hrtime.bigint();
    child = spawn(argv[0]!, argv.slice(1), {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said = (said + chunk).slice(-2000);
    });
    await Promise.race([
      message<number>(sink, 'done'),
      exit(child).then(() => Promise.reject(new Error(`${peer.name} ended: ${said}`))),
    ]);
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    const usage = usageOf(child.pid!);
    return { name: peer.name, seconds, cpuSeconds: usage.cpuSeconds, peakRssBytes: usage.peakRssBytes };
  } finally {
    if (child && child.exitCode === null) {
      child.kill('SIGKILL');
      await exit(child);
    }
    sink.kill('SIGKILL');
  }
}

function versionOf(command: string, args: readonly string[], pattern: RegExp, name: string): string {
  const result = spawnSync(command, args, { encoding: 'utf8' });
  return `${name} ${pattern.exec(result.stdout ?? '')?.[1] ?? ''}`.trim();
}

function message<T>(child: ChildProcess, key: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no "${key}" within ${LIMIT_MS / 1000} s`)), LIMIT_MS);
    child.on('message', (said: Record<string, T>) => {
      if (!(key in said)) return;
      clearTimeout(timer);
      resolve(said[key]!);
    });
  });
}

function exit(child: ChildProcess): Promise<void> {
  return new Promise((resolve) =>
    child.exitCode === null ? child.once('exit', () => resolve()) : resolve(),
  );
}
