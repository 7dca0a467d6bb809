import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWithProtobufjs, LogsRequest } from '../test/otlp-schema.ts';
import { createLogsEncoder, decodeLogs, type LogsEncoder, validateLogs } from './index.ts';

const RESOURCE = { host: 'node-1', agent: 'agent-1', version: '0.1.0' };
const SCOPE = { path: '/var/log/auth.log', kind: 'file', stream: 's1' };

interface Line {
  readonly stream: unknown;
  readonly offset: unknown;
  readonly body: Buffer;
}

function linesOf(request: Buffer): Line[] {
  const lines: Line[] = [];
  let stream: unknown;
  decodeLogs(
    request,
    (scope) => {
      stream = scope.scope['suite.stream'];
    },
    (log) => lines.push({ stream, offset: log.attributes['log.offset'], body: Buffer.from(log.body) }),
  );
  return lines;
}

/** Encodes a whole block in as many requests as it takes. */
function encodeBlock(encoder: LogsEncoder, block: Buffer, offset: number): Buffer[] {
  const requests: Buffer[] = [];
  for (let at = 0; at < block.length; ) {
    at = encoder.addLines(block, at, block.length, offset + at);
    if (at < block.length) {
      requests.push(Buffer.from(encoder.finish()));
      encoder.reset();
    }
  }
  requests.push(Buffer.from(encoder.finish()));
  encoder.reset();
  return requests;
}

function splitLines(block: Buffer, offset: number): Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < block.length; ) {
    const found = block.indexOf(10, at);
    const end = found < 0 ? block.length : found;
    lines.push({ stream: 's1', offset: offset + at, body: block.subarray(at, end) });
    at = end + 1;
  }
  return lines;
}

describe('logs encoder', () => {
  it('writes what protobufjs reads with the OTLP schema', () => {
    const encoder = createLogsEncoder({ resource: RESOURCE, capacityBytes: 4096 });
    encoder.begin({ ...SCOPE, format: 'syslog', user: 'anna' }, 1_760_000_000_123_456);
    encoder.addLines(Buffer.from('xfirst\n\nümlaut\r\n'), 1, 17, 5_000_000_000);
    encoder.begin({ ...SCOPE, stream: 's2' }, 2);
    encoder.addLines(Buffer.from([0xff, 0x00, 0x0a, 0x61]), 0, 4, 0);
    const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
    const offset = (intValue: string) => ({ key: 'log.offset', value: { intValue } });
    const observedTimeUnixNano = '1760000000123456000';
    expect(decodeWithProtobufjs(LogsRequest, encoder.finish())).toEqual({
      resourceLogs: [
        {
          resource: {
            attributes: [
              attribute('host.name', 'node-1'),
              attribute('service.name', 'tom'),
              attribute('service.instance.id', 'agent-1'),
              attribute('service.version', '0.1.0'),
            ],
          },
          scopeLogs: [
            {
              scope: {
                name: 'tom',
                attributes: [
                  attribute('log.file.path', '/var/log/auth.log'),
                  attribute('suite.source.kind', 'file'),
                  attribute('suite.stream', 's1'),
                  attribute('suite.format', 'syslog'),
                  attribute('user.name', 'anna'),
                ],
              },
              logRecords: [
                { observedTimeUnixNano, body: { stringValue: 'first' }, attributes: [offset('5000000000')] },
                { observedTimeUnixNano, body: { stringValue: '' }, attributes: [offset('5000000006')] },
                {
                  observedTimeUnixNano,
                  body: { stringValue: 'ümlaut\r' },
                  attributes: [offset('5000000007')],
                },
              ],
            },
            {
              scope: {
                name: 'tom',
                attributes: [
                  attribute('log.file.path', '/var/log/auth.log'),
                  attribute('suite.source.kind', 'file'),
                  attribute('suite.stream', 's2'),
                ],
              },
              logRecords: [
                {
                  observedTimeUnixNano: '2000',
                  body: { bytesValue: Buffer.from([0xff, 0x00]) },
                  attributes: [offset('0')],
                },
                { observedTimeUnixNano: '2000', body: { stringValue: 'a' }, attributes: [offset('3')] },
              ],
            },
          ],
        },
      ],
    });
  });

  it('gives back every line of arbitrary bytes, over as many requests as it takes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      fc.array(fc.constantFrom(10, 13, 65, 0xc3, 0xbc), { maxLength: 400 }).map((a) => Uint8Array.from(a)),
    );
    fc.assert(
      fc.property(bytes, fc.maxSafeNat(), fc.integer({ min: 250, max: 5000 }), (raw, from, capacityBytes) => {
        const block = Buffer.from(raw);
        const offset = Math.min(from, Number.MAX_SAFE_INTEGER - block.length);
        const encoder = createLogsEncoder({ resource: RESOURCE, capacityBytes });
        encoder.begin(SCOPE, 1);
        const requests = encodeBlock(encoder, block, offset);
        const got = requests.flatMap(linesOf);
        const wanted = splitLines(block, offset);
        expect(got).toEqual(wanted.map((line) => ({ ...line, body: Buffer.from(line.body) })));
        const total = requests.reduce((sum, request) => sum + validateLogs(request).records, 0);
        expect(total).toBe(wanted.length);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps to its capacity, and takes a line larger than that alone', () => {
    const encoder = createLogsEncoder({ resource: RESOURCE, capacityBytes: 1000 });
    encoder.begin(SCOPE, 1);
    const huge = 'h'.repeat(1_500_000);
    const requests = encodeBlock(encoder, Buffer.from(`a\n${huge}\nb\nc`), 0);
    expect(requests.map((request) => linesOf(request).length)).toEqual([1, 1, 2]);
    expect(linesOf(requests[1]!)[0]!.body.length).toBe(1_500_000);
    expect(requests[0]!.length).toBeLessThanOrEqual(1000);
    expect(requests[2]!.length).toBeLessThanOrEqual(1000);
  });

  it('goes on in the open scope when the same stream begins again, with the new time', () => {
    const encoder = createLogsEncoder({ resource: RESOURCE, capacityBytes: 4096 });
    encoder.begin(SCOPE, 1);
    encoder.addLines(Buffer.from('a\n'), 0, 2, 0);
    encoder.begin({ ...SCOPE }, 2);
    encoder.addLines(Buffer.from('b\n'), 0, 2, 2);
    const times: bigint[] = [];
    let scopes = 0;
    decodeLogs(
      encoder.finish(),
      () => {
        scopes += 1;
      },
      (log) => times.push(log.observedUnixNano),
    );
    expect([scopes, times]).toEqual([1, [1000n, 2000n]]);
    expect([encoder.count, encoder.sizeBytes]).toEqual([2, encoder.finish().length]);
  });
});
