import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  contentEncoding,
  type DecodedLog,
  type DecodedPoint,
  type DecodedScope,
  decodeLogs,
  decodeMetrics,
  decompressBody,
  exportResponse,
  PROTOBUF_CONTENT_TYPE,
  validateLogs,
} from '../src/index.ts';

describe('the official OpenTelemetry exporter', () => {
  const bodies = new Map<string, Buffer[]>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const encoding = contentEncoding(request.headers['content-encoding']);
    const body = await decompressBody(Buffer.concat(chunks), encoding, 1e6);
    bodies.set(request.url!, [...(bodies.get(request.url!) ?? []), body]);
    response.writeHead(200, { 'content-type': PROTOBUF_CONTENT_TYPE }).end(exportResponse());
  });
  let url = '';

  beforeEach(async () => {
    bodies.clear();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it('sends logs that our decoder reads', async () => {
    const exporter = new OTLPLogExporter({ url: `${url}/v1/logs`, compression: 'gzip' as never });
    const provider = new LoggerProvider({
      resource: resourceFromAttributes({ 'service.name': 'shop', 'host.name': 'n1' }),
      processors: [new BatchLogRecordProcessor({ exporter })],
    });
    const logger = provider.getLogger('cart', '1.2.3');
    for (let i = 0; i < 1000; i += 1) {
      logger.emit({
        timestamp: [1_760_000_000, i],
        severityNumber: SeverityNumber.WARN,
        body: i % 2 === 0 ? `line ${i} ü` : { nested: [i, true, null] },
        attributes: { index: i, ratio: 0.5, tags: ['a', 'b'] },
      });
    }
    await provider.shutdown();

    const scopes: DecodedScope[] = [];
    const logs: DecodedLog[] = [];
    let validated = 0;
    for (const body of bodies.get('/v1/logs')!) {
      validated += validateLogs(body).records;
      decodeLogs(
        body,
        (scope) => scopes.push(scope),
        (log) => logs.push(log),
      );
    }
    expect(validated).toBe(1000);
    expect(scopes[0]).toMatchObject({
      resource: { 'service.name': 'shop', 'host.name': 'n1' },
      scopeName: 'cart',
    });
    expect(logs.map((log) => log.attributes.index)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(logs[4]).toMatchObject({
      timeUnixNano: 1_760_000_000_000_000_004n,
      severity: 13,
      body: Buffer.from('line 4 ü'),
      attributes: { index: 4, ratio: 0.5, tags: '["a","b"]' },
    });
    expect(JSON.parse(logs[5]!.body.toString())).toEqual({ nested: [5, true, null] });
  });

  it('sends metrics that our decoder reads', async () => {
    const reader = new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter({ url: `${url}/v1/metrics` }),
      exportIntervalMillis: 60_000,
    });
    const provider = new MeterProvider({ readers: [reader] });
    const meter = provider.getMeter('m');
    meter.createCounter('requests', { unit: '1' }).add(3, { code: '200' });
    meter.createGauge('temperature', { unit: 'Cel' }).record(21.5);
    const histogram = meter.createHistogram('latency', { unit: 's' });
    histogram.record(1);
    histogram.record(2);
    await provider.shutdown();

    const points: DecodedPoint[] = [];
    for (const body of bodies.get('/v1/metrics')!) {
      decodeMetrics(
        body,
        () => {},
        (point) => points.push(point),
      );
    }
    expect(points.map((p) => [p.name, p.unit, p.value, p.attributes])).toEqual([
      ['requests', '1', 3, { code: '200' }],
      ['temperature', 'Cel', 21.5, {}],
      ['latency.sum', 's', 3, {}],
      ['latency.count', '1', 2, {}],
    ]);
    expect(points.every((p) => p.timeUnixNano > 1_600_000_000_000_000_000n)).toBe(true);
  });
});
