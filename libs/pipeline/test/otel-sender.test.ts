import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { LogRecord } from '@suite/event';
import { encodeEnvelope } from '@suite/intake';
import { expect, it } from 'vitest';
import { BatchStage } from '../src/batch-stage.ts';

/** What the official exporter sends for one log record. */
async function exported(): Promise<Buffer> {
  const received = Promise.withResolvers<Buffer>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.end();
    received.resolve(Buffer.concat(chunks));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/logs`;
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop', 'host.name': 'web1' }),
    processors: [new SimpleLogRecordProcessor({ exporter: new OTLPLogExporter({ url }) })],
  });
  provider.getLogger('test').emit({
    timestamp: [1_767_225_600, 123_000_000],
    severityNumber: SeverityNumber.WARN,
    body: 'basket is empty',
    attributes: { 'basket.id': 'b-7', 'user.name': 'root' },
  });
  const body = await received.promise;
  await provider.shutdown();
  await new Promise((resolve) => server.close(resolve));
  return body;
}

it('keeps what an OpenTelemetry sender says beside the text, out of the way of the names that detectors trust', async () => {
  const records: LogRecord[] = [];
  const stage = new BatchStage({
    engine: null,
    onRecord: (record) => records.push(record),
    onSample: () => {},
    onDetection: () => {},
  });
  const body = await exported();
  const envelope = encodeEnvelope({
    kind: 'batch',
    signal: 'logs',
    encoding: 'identity',
    identity: null,
    sender: 'nadir',
    remote: '127.0.0.1',
    userAgent: 'otel',
    receivedUs: 1,
    rawBytes: body.length,
    records: 1,
    body,
  });
  await stage.process(40, Buffer.concat(envelope));
  expect(records).toMatchObject([
    {
      raw: 'basket is empty',
      timeUs: 1_767_225_600_123_000,
      origin: { host: 'web1', path: 'shop', kind: 'otlp' },
      event: {
        message: 'basket is empty',
        'otel.basket.id': 'b-7',
        'otel.user.name': 'root',
        'otel.severity_number': 13,
      },
    },
  ]);
  expect(records[0]!.event!['user.name']).toBeUndefined();
});
