import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { decodeLogs, decodeMetrics, decompressBody } from '@suite/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startIntake, type TestIntake, TOKEN } from './intake-server.ts';

let intake: TestIntake;

beforeEach(async () => {
  intake = await startIntake();
});

afterEach(() => intake.stop());

const headers = { authorization: `Bearer ${TOKEN}` };

describe('the official OpenTelemetry exporter', () => {
  it('gets its logs into the journal', async () => {
    const exporter = new OTLPLogExporter({
      url: `${intake.url}/v1/logs`,
      headers,
      compression: 'gzip' as never,
    });
    const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] });
    const logger = provider.getLogger('app');
    for (let i = 0; i < 1200; i += 1) logger.emit({ body: `line ${i}` });
    await provider.shutdown();

    const bodies: string[] = [];
    const batches = await intake.batches();
    for (const batch of batches) {
      expect([batch.signal, batch.encoding, batch.identity]).toEqual(['logs', 'gzip', null]);
      expect(batch.userAgent).toMatch(/OTel/);
      decodeLogs(
        await decompressBody(batch.body, batch.encoding, batch.rawBytes),
        () => undefined,
        (log) => bodies.push(log.body.toString()),
      );
    }
    expect(bodies).toEqual(Array.from({ length: 1200 }, (_, i) => `line ${i}`));
    expect(intake.counters).toMatchObject({ accepted: batches.length, records: 1200, refused: {} });
  });

  it('gets its metrics into the journal', async () => {
    const exporter = new OTLPMetricExporter({ url: `${intake.url}/v1/metrics`, headers });
    const provider = new MeterProvider({
      readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })],
    });
    provider.getMeter('m').createCounter('jobs').add(2);
    await provider.shutdown();
    const values: [string, number][] = [];
    for (const batch of await intake.batches()) {
      expect(batch.signal).toBe('metrics');
      decodeMetrics(
        batch.body,
        () => undefined,
        (point) => values.push([point.name, point.value]),
      );
    }
    expect(values).toEqual([['jobs', 2]]);
  });
});
