import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { createLogsEncoder } from '../src/encode-logs.ts';
import { encodeMetrics } from '../src/encode-metrics.ts';

// OpenTelemetry's own decoder, generated from the official .proto files: @opentelemetry/otlp-transformer before it
// threw its generated code away. Installed as `otlp-decoder`; nobody here wrote a line of it.
const { opentelemetry } = createRequire(import.meta.url)('otlp-decoder/build/src/generated/root.js') as {
  readonly opentelemetry: {
    readonly proto: {
      readonly collector: Record<'logs' | 'metrics', { readonly v1: Record<string, Decoder> }>;
    };
  };
};

interface Decoder {
  decode(bytes: Uint8Array): unknown;
  toObject(message: unknown, options: { readonly longs: typeof String; readonly bytes: typeof Array }): never;
}

const READABLE = { longs: String, bytes: Array } as const;
const resource = { agent: 'node1-1a2b', host: 'node1', version: '0.1.0' };

function decode<T>(signal: 'logs' | 'metrics', message: string, bytes: Uint8Array): T {
  const decoder = opentelemetry.proto.collector[signal].v1[message]!;
  return decoder.toObject(decoder.decode(bytes), READABLE);
}

it('OpenTelemetry’s own decoder reads our logs: text, bytes that are no text, offsets, times', () => {
  const encoder = createLogsEncoder({ resource, capacityBytes: 65_536 });
  encoder.begin(
    { path: '/var/log/auth.log', kind: 'file', stream: 's1', format: 'syslog' },
    1_767_225_600_000_000,
  );
  const lines = Buffer.concat([Buffer.from('first line\n\nfür\n'), Buffer.from([0xff, 0x00, 0x0a])]);
  encoder.addLines(lines, 0, lines.length, 1_000);
  const request = decode<{ resourceLogs: { resource: unknown; scopeLogs: { logRecords: unknown[] }[] }[] }>(
    'logs',
    'ExportLogsServiceRequest',
    encoder.finish(),
  );
  expect(request.resourceLogs).toHaveLength(1);
  const [{ resource: sender, scopeLogs }] = request.resourceLogs as [(typeof request.resourceLogs)[0]];
  expect(sender).toMatchObject({
    attributes: expect.arrayContaining([
      { key: 'host.name', value: { stringValue: 'node1' } },
      { key: 'service.instance.id', value: { stringValue: 'node1-1a2b' } },
    ]),
  });
  const offset = (value: string) => [{ key: 'log.offset', value: { intValue: value } }];
  expect(scopeLogs[0]!.logRecords).toMatchObject([
    {
      observedTimeUnixNano: '1767225600000000000',
      body: { stringValue: 'first line' },
      attributes: offset('1000'),
    },
    { body: { stringValue: '' }, attributes: offset('1011') },
    { body: { stringValue: 'für' }, attributes: offset('1012') },
    { body: { bytesValue: [0xff, 0x00] }, attributes: offset('1017') },
  ]);
});

it('OpenTelemetry’s own decoder reads our metrics', () => {
  const timeUs = 1_767_225_600_000_000;
  const attributes = { 'cpu.mode': 'user' };
  const bytes = encodeMetrics(resource, [
    { name: 'system.cpu.utilization', unit: '1', attributes, value: 0.25, timeUs },
  ]);
  const request = decode<{ resourceMetrics: { scopeMetrics: { metrics: unknown[] }[] }[] }>(
    'metrics',
    'ExportMetricsServiceRequest',
    bytes,
  );
  expect(request.resourceMetrics[0]!.scopeMetrics[0]!.metrics).toMatchObject([
    {
      name: 'system.cpu.utilization',
      unit: '1',
      gauge: {
        dataPoints: [
          {
            timeUnixNano: '1767225600000000000',
            asDouble: 0.25,
            attributes: [{ key: 'cpu.mode', value: { stringValue: 'user' } }],
          },
        ],
      },
    },
  ]);
});
