import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hasInfluxd, Influxd } from '../../libs/store/test/servers/influxd.ts';
import { askApi } from '../../tools/harness/nadir-api.ts';
import { createPair, type Pair } from '../../tools/harness/pair.ts';
import { Program } from '../../tools/harness/program.ts';
import { Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

const DATABASE = 'nadir';
const ATTACKER = '203.0.113.9';
/** An hour of the log's clock, a line every 900 ms. */
const HOUR_LINES = 4_000;
const STEP_MS = 900;

let scratch: Scratch;
afterEach(() => scratch.remove());

/** Lines of sshd and cron as Debian writes them, from `startMs` on; every tenth is a failed login of the attacker. */
function authLines(from: number, count: number, startMs: number): string {
  return Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const time = new Date(startMs + n * STEP_MS).toISOString().replace('Z', '000+00:00');
    return n % 10 === 0
      ? `${time} node1 sshd[${1000 + n}]: Failed password for root from ${ATTACKER} port ${1024 + n} ssh2\n`
      : `${time} node1 CRON[${1000 + n}]: (root) CMD (run number ${n})\n`;
  }).join('');
}

interface Setup extends Pair {
  readonly influx: Influxd;
  readonly log: string;
  readonly startMs: number;
}

async function setUp(): Promise<Setup> {
  scratch = new Scratch('influx');
  const influx = await Influxd.create();
  scratch.defer(() => influx.remove());
  await influx.createDatabase(DATABASE);
  const log = join(scratch.folder('logs'), 'auth.log');
  writeFileSync(log, '');
  const password = join(scratch.dir, 'influx-password');
  writeFileSync(password, 'secret', { mode: 0o600 });
  const pair = await createPair(scratch.dir, { paths: [log], tom: 'probes: { interval: 1h }\n' });
  const store = `influx://admin@127.0.0.1:${influx.port}/${DATABASE}`;
  const argv = ['serve', '--config', pair.nadirConfigFile, '--store', store];
  const nadir = new Program('nadir', argv, { env: { NADIR_STORE_INFLUX_PASSWORD_FILE: password } });
  const setup = { ...pair, nadir, influx, log, startMs: Date.now() - 2 * 3_600_000 };
  scratch.owns(setup);
  return setup;
}

/** Every line's id as InfluxDB has it. */
async function ids({ influx }: Setup): Promise<string[]> {
  const { results } = await influx.query('SELECT "id" FROM "logs"', DATABASE);
  return (results[0]?.series?.[0]?.values ?? []).map(([, id]) => String(id));
}

const count = ({ influx }: Setup) => influx.count(DATABASE, 'logs');

describe.skipIf(!hasInfluxd)('NADIR with InfluxDB 1.x (needs influxd)', () => {
  it('stores events and detections there and reads them back through its API', async () => {
    const setup = await setUp();
    const { nadir, tom, log, startMs } = setup;
    appendFileSync(log, authLines(0, 200, startMs));
    nadir.start();
    tom.start();
    await until('all lines', async () => (await count(setup)) === 200);

    type Events = { items: { raw: string; event: Record<string, unknown> | null }[] };
    const failed = await askApi<Events>(setup, `events?sourceAddress=${ATTACKER}&limit=1000`);
    expect(failed.items).toHaveLength(20);
    expect(failed.items[0]).toMatchObject({
      raw: expect.stringContaining(`Failed password for root from ${ATTACKER}`),
      event: { 'event.action': 'ssh_login', 'event.outcome': 'failure', 'user.name': 'root' },
    });
    type Detections = { items: { rule: string; entities: Record<string, string>; evidence: unknown[] }[] };
    const detected = () => askApi<Detections>(setup, 'detections');
    await until('the detection', async () => (await detected()).items.length > 0);
    expect((await detected()).items).toContainEqual(
      expect.objectContaining({
        rule: 'ssh-brute-force-address',
        entities: expect.objectContaining({ 'source.address': ATTACKER }),
      }),
    );
  }, 60_000);

  it('keeps an hour of lines while InfluxDB is dead and NADIR is killed, and none is missing or twice after', async () => {
    const setup = await setUp();
    const { nadir, tom, influx, log, startMs } = setup;
    nadir.start();
    tom.start();
    appendFileSync(log, authLines(0, 100, startMs));
    await until('the first lines', async () => (await count(setup)) === 100);

    await influx.kill();
    const half = HOUR_LINES / 2;
    appendFileSync(log, authLines(100, half, startMs));
    type Health = { pipeline: { position: number; lag: number }; journal: { headPosition: number } };
    const health = () => askApi<Health>(setup, 'health');
    const { headPosition } = (await health()).journal;
    await until('lines in the queue', async () => (await health()).pipeline.position > headPosition);
    await nadir.end('SIGKILL');
    appendFileSync(log, authLines(100 + half, half / 2, startMs));
    nadir.start();
    appendFileSync(log, authLines(100 + half + half / 2, half / 2, startMs));
    await until('NADIR to answer', async () => (await health()).pipeline.lag >= 0);

    await influx.start();
    const wanted = 100 + HOUR_LINES;
    await until('all lines', async () => (await count(setup)) >= wanted, 60_000);
    const stored = await ids(setup);
    process.stdout.write(
      `influx: ${wanted} lines sent, ${stored.length} stored, ${new Set(stored).size} different\n`,
    );
    expect(stored).toHaveLength(wanted);
    expect(new Set(stored).size).toBe(wanted);
    type Events = { items: { raw: string }[] };
    const last = await askApi<Events>(setup, 'events?limit=1');
    expect(last.items[0]?.raw).toContain(`(run number ${wanted - 1})`);
  }, 120_000);
});
