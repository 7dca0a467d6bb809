import { HttpError, InfluxDB, type WriteApi } from '@influxdata/influxdb-client';
import { authorization, type InfluxConnection } from './connection.ts';

/** What became of a request that was answered. */
export type SendResult =
  | { readonly kind: 'written' }
  /** The server refuses this content, now and whenever it is sent again. */
  | { readonly kind: 'refused'; readonly dropped: number | null; readonly reason: string };

/**
 * Sends line protocol with the official client, stripped of what it does on its own: its buffer holds one
 * request, flushes only when told, retries nothing and logs nothing. @throws what may pass: network, 5xx, 401,
 * 404 and the like, which the operator or time mends.
 */
export class LineSender {
  readonly #api: WriteApi;

  constructor(connection: InfluxConnection, timeoutMs: number) {
    const { url, version, database, org, auth } = connection;
    const client = new InfluxDB({ url, timeout: timeoutMs });
    this.#api = client.getWriteApi(org ?? '', database, 'ns', {
      headers: authorization(auth),
      batchSize: 1_000,
      maxBatchBytes: 2 ** 40,
      flushInterval: 0,
      maxRetries: 0,
      maxBufferLines: 0,
      writeFailed: (error: Error) => Promise.reject(error),
    });
    if (version === 1) this.#api.path = `/write?db=${encodeURIComponent(database)}&precision=ns`;
  }

  async send(lines: string): Promise<SendResult> {
    this.#api.writeRecord(lines);
    try {
      await this.#api.flush();
      return { kind: 'written' };
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const { statusCode } = error;
      if (statusCode !== 400 && statusCode !== 413 && statusCode !== 422) throw error;
      const reason = String(error.json?.error ?? error.json?.message ?? error.body ?? error.message).slice(
        0,
        500,
      );
      const dropped = /partial write:.*dropped=(\d+)/s.exec(reason)?.[1];
      return { kind: 'refused', dropped: dropped === undefined ? null : Number(dropped), reason };
    }
  }

  stop(): void {
    this.#api.dispose();
  }
}
