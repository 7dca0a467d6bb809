import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createNetworkPair, hasNamespaces, type NetworkPair } from '../../tools/harness/network-pair.ts';
import { createPair, type Pair } from '../../tools/harness/pair.ts';
import { Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

const BOUNCER = '/usr/bin/crowdsec-firewall-bouncer';
const isPossible = hasNamespaces && existsSync(BOUNCER) && existsSync('/usr/sbin/nft');

const SERVER = '198.18.1.1';
const ATTACKER = '198.18.0.9';
const HONEST = '198.18.0.10';
/** Somebody whose address is on the allow-list, and who attacks all the same. */
const ALLOWED = '198.18.0.11';
const SERVICE_PORT = 2222;
const BAN_SECONDS = 12;

let scratch: Scratch;
afterEach(() => scratch.remove());

/** Lines as sshd writes them on Debian 12: `count` wrong passwords, now. */
function failures(address: string, count: number): string {
  return Array.from({ length: count }, (_, n) => {
    const time = new Date(Date.now() - (count - n)).toISOString().replace('Z', '000+00:00');
    return `${time} node1 sshd[${4000 + n}]: Failed password for root from ${address} port ${40_000 + n} ssh2\n`;
  }).join('');
}

/** Ends with the test; what it said is kept for when something fails. */
function start(command: readonly string[]): { said: () => string } {
  const [file = '', ...argv] = command;
  const child: ChildProcess = spawn(file, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    });
  scratch.defer(async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGKILL')) await gone;
  });
  return { said: () => said };
}

/** Whether a TCP connection from the address reaches the service within a second. */
function reaches(network: NetworkPair, from: string): boolean {
  const script = `require('node:net').connect({ host: '${SERVER}', port: ${SERVICE_PORT}, localAddress: '${from}' })
    .on('connect', () => process.exit(0)).on('error', () => process.exit(1)); setTimeout(() => process.exit(1), 1000)`;
  const [file = '', ...argv] = [...network.outer, process.execPath, '-e', script];
  return spawnSync(file, argv).status === 0;
}

interface Setup {
  readonly network: NetworkPair;
  readonly pair: Pair;
  readonly log: string;
}

async function setUp(): Promise<Setup> {
  scratch = new Scratch('bouncer');
  const network = createNetworkPair(scratch, {
    inner: [`${SERVER}/15`],
    outer: [ATTACKER, HONEST, ALLOWED].map((address) => `${address}/15`),
  });
  const log = join(scratch.folder('logs'), 'auth.log');
  writeFileSync(log, '');
  const keyFile = join(scratch.dir, 'bouncer-key');
  const key = 'a-key-of-the-test-s-bouncer';
  writeFileSync(keyFile, key, { mode: 0o600 });
  const pair = await createPair(scratch.dir, {
    paths: [log],
    through: network.inner,
    nadir:
      `decisions: { enabled: true, duration: ${BAN_SECONDS}s, longest: ${BAN_SECONDS}s, allow: [${ALLOWED}],\n` +
      `  bouncers: [{ name: firewall, key_file: ${keyFile} }] }\n`,
  });
  scratch.owns(pair);
  pair.nadir.start();
  pair.tom.start();
  const echo = `require('node:net').createServer((s) => s.end()).listen(${SERVICE_PORT}, '${SERVER}')`;
  start([...network.inner, process.execPath, '-e', echo]);
  const config = join(scratch.dir, 'bouncer.yaml');
  writeFileSync(
    config,
    [
      'mode: nftables',
      `pid_dir: ${scratch.dir}/`,
      'update_frequency: 1s',
      'daemonize: false',
      'log_mode: stdout',
      'log_level: info',
      `api_url: http://127.0.0.1:${pair.port}/`,
      `api_key: ${key}`,
      'deny_action: DROP',
      'supported_decisions_types: [ban]',
      'nftables:',
      '  ipv4: { enabled: true, set-only: false, table: crowdsec, chain: crowdsec-chain }',
      '  ipv6: { enabled: true, set-only: false, table: crowdsec6, chain: crowdsec6-chain }',
      'prometheus: { enabled: false }',
    ].join('\n'),
    { mode: 0o600 },
  );
  await until('NADIR answers bouncers', () => {
    const [file = '', ...argv] = [...network.inner, process.execPath, '-e', ASK(pair.port, key)];
    return spawnSync(file, argv).status === 0;
  });
  const bouncer = start([...network.inner, BOUNCER, '-c', config]);
  await until('the bouncer has its table', () => nft(network).includes('crowdsec-chain')).catch((error) => {
    throw new Error(`${String(error)}\n${bouncer.said()}`);
  });
  return { network, pair, log };
}

const ASK = (port: number, key: string) =>
  `fetch('http://127.0.0.1:${port}/v1/decisions', { headers: { 'x-api-key': '${key}' } })
    .then((r) => process.exit(r.status === 200 ? 0 : 1), () => process.exit(1))`;

function nft({ inner }: NetworkPair): string {
  const [file = '', ...argv] = [...inner, 'nft', 'list', 'ruleset'];
  return execFileSync(file, argv, { encoding: 'utf8' });
}

describe.skipIf(!isPossible)("CrowdSec's firewall bouncer enforces NADIR's decisions (needs root)", () => {
  it("drops the attacker's packets and nobody else's, and lets them in again when the ban is over", async () => {
    const { network, log } = await setUp();
    for (const address of [ATTACKER, HONEST, ALLOWED]) expect(reaches(network, address)).toBe(true);

    // The honest one mistypes twice; the allowed one attacks.
    appendFileSync(log, failures(HONEST, 2) + failures(ALLOWED, 8) + failures(ATTACKER, 8));
    await until('the attacker is banned', () => nft(network).includes(ATTACKER), 20_000);
    expect(reaches(network, ATTACKER)).toBe(false);
    expect(reaches(network, HONEST)).toBe(true);
    expect(reaches(network, ALLOWED)).toBe(true);
    const rules = nft(network);
    expect(rules).not.toContain(HONEST);
    expect(rules).not.toContain(ALLOWED);

    await until('the ban is over', () => reaches(network, ATTACKER), (BAN_SECONDS + 15) * 1000);
    expect(nft(network)).not.toContain(ATTACKER);
  }, 90_000);
});
