import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, hasProgram, ServerProcess, until } from './process.ts';

const PROGRAM = '/usr/bin/victoria-metrics';
export const hasVictoriaMetrics = hasProgram(PROGRAM);

/** VictoriaMetrics takes the v2 write path; it keeps the numeric fields. */
export class VictoriaMetrics {
  readonly url: string;
  readonly #dir: string;
  readonly #process: ServerProcess;

  private constructor(url: string, dir: string, process: ServerProcess) {
    this.url = url;
    this.#dir = dir;
    this.#process = process;
  }

  static async create(): Promise<VictoriaMetrics> {
    const dir = mkdtempSync(join(tmpdir(), 'victoria-'));
    const port = await freePort();
    const process = new ServerProcess(PROGRAM, [
      `-storageDataPath=${dir}`,
      `-httpListenAddr=127.0.0.1:${port}`,
      '-retentionPeriod=100y',
      '-memory.allowedBytes=64MB',
    ]);
    const server = new VictoriaMetrics(`http://127.0.0.1:${port}`, dir, process);
    try {
      await until('victoria-metrics to answer', async () => (await fetch(`${server.url}/health`)).ok);
    } catch (error) {
      await server.remove();
      throw error;
    }
    return server;
  }

  /** All values of a metric, newest flushed. */
  async values(metric: string): Promise<number[]> {
    await fetch(`${this.url}/internal/force_flush`);
    const match = encodeURIComponent(`{__name__="${metric}"}`);
    const text = await (await fetch(`${this.url}/api/v1/export?match[]=${match}`)).text();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => (JSON.parse(line) as { values: number[] }).values);
  }

  async remove(): Promise<void> {
    await this.#process.kill('SIGKILL');
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
