import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InfluxConnection } from '../../src/index.ts';
import { freePort, hasProgram, ServerProcess, until } from './process.ts';

const PROGRAM = '/usr/bin/influxd';
export const hasInfluxd = hasProgram(PROGRAM);

/** A real InfluxDB 1.x on loopback, with authentication on and a folder of its own. */
export class Influxd {
  readonly dir: string;
  readonly port: number;
  readonly #config: string;
  #process: ServerProcess | null = null;

  private constructor(dir: string, port: number, config: string) {
    this.dir = dir;
    this.port = port;
    this.#config = config;
  }

  static async create(): Promise<Influxd> {
    const dir = mkdtempSync(join(tmpdir(), 'influxd-'));
    const port = await freePort();
    const config = join(dir, 'influxdb.conf');
    writeFileSync(
      config,
      `reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
  dir = "${dir}/meta"
[data]
  dir = "${dir}/data"
  wal-dir = "${dir}/wal"
  query-log-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  auth-enabled = true
  log-enabled = false
[monitor]
  store-enabled = false
[ifql]
  enabled = false
`,
    );
    const server = new Influxd(dir, port, config);
    await server.start();
    await server.query(`CREATE USER "admin" WITH PASSWORD 'secret' WITH ALL PRIVILEGES`);
    return server;
  }

  async start(): Promise<void> {
    this.#process = new ServerProcess(PROGRAM, ['-config', this.#config]);
    await until('influxd to answer', async () => (await fetch(`${this.url}/ping`)).status === 204);
  }

  async kill(): Promise<void> {
    await this.#process?.kill('SIGKILL');
    this.#process = null;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  connection(database: string): InfluxConnection {
    const auth = { kind: 'password', username: 'admin', password: 'secret' } as const;
    return { url: this.url, version: 1, database, auth };
  }

  async createDatabase(name: string): Promise<InfluxConnection> {
    await this.query(`CREATE DATABASE "${name}"`);
    return this.connection(name);
  }

  async query(
    q: string,
    db = '',
  ): Promise<{ results: { series?: { values: (string | number)[][] }[]; error?: string }[] }> {
    const response = await fetch(`${this.url}/query`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('admin:secret').toString('base64')}` },
      body: new URLSearchParams({ q, db }),
    });
    const answer = (await response.json()) as Awaited<ReturnType<Influxd['query']>> & { error?: string };
    const error = answer.error ?? answer.results[0]?.error;
    if (error !== undefined) throw new Error(error);
    return answer;
  }

  /** Points of a measurement, as the server itself counts them. */
  async count(db: string, measurement: string): Promise<number> {
    const { results } = await this.query(`SELECT count("id") FROM "${measurement}"`, db);
    return Number(results[0]?.series?.[0]?.values[0]?.[1] ?? 0);
  }
}
