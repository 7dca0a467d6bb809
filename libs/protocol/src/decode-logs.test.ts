import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogsRequest } from '../test/otlp-schema.ts';
import { DEFAULT_DECODE_LIMITS, type DecodedLog, decodeLogs, ProtocolError, validateLogs } from './index.ts';

function decodeAll(request: Buffer, limits = DEFAULT_DECODE_LIMITS) {
  const logs: DecodedLog[] = [];
  const scopes: unknown[] = [];
  decodeLogs(
    request,
    (scope) => scopes.push(scope),
    (log) => logs.push(log),
    limits,
  );
  return { logs, scopes };
}

function encode(message: object): Buffer {
  return Buffer.from(LogsRequest.encode(LogsRequest.fromObject(message)).finish());
}

function withRecords(...logRecords: object[]): Buffer {
  return encode({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  return 'decoded';
}

/** Whatever comes is decoded or refused, and what validation lets through is decoded. */
function expectSafe(request: Buffer): void {
  const decoded = codeOf(() => decodeAll(request));
  if (codeOf(() => validateLogs(request)) === 'decoded') expect(decoded).toBe('decoded');
}

const RICH = encode({
  resourceLogs: [
    {
      resource: { attributes: [{ key: 'host.name', value: { stringValue: 'n' } }] },
      scopeLogs: [
        {
          scope: { name: 'lib', attributes: [{ key: 'flag', value: { boolValue: true } }] },
          logRecords: [
            {
              timeUnixNano: '1760000000000000001',
              observedTimeUnixNano: '1760000000000000002',
              severityNumber: 17,
              severityText: 'ERROR',
              traceId: Buffer.alloc(16, 7),
              flags: 1,
              body: { stringValue: 'hällo' },
              attributes: [
                { key: 'i', value: { intValue: '-5' } },
                { key: 'big', value: { intValue: '9223372036854775807' } },
                { key: 'd', value: { doubleValue: 0.5 } },
                { key: 'none', value: {} },
                { key: '__proto__', value: { stringValue: 'x' } },
                {
                  key: 'list',
                  value: { arrayValue: { values: [{ stringValue: 'a' }, { bytesValue: Buffer.from('b') }] } },
                },
              ],
            },
            {
              body: {
                kvlistValue: { values: [{ key: 'k', value: { arrayValue: { values: [{ intValue: 1 }] } } }] },
              },
            },
            { body: { intValue: 42 } },
            {},
          ],
        },
      ],
      schemaUrl: 'https://opentelemetry.io/schemas/1.0.0',
    },
  ],
});

describe('logs decoder', () => {
  it('reads every kind of value that another encoder writes', () => {
    const { logs, scopes } = decodeAll(RICH);
    expect(scopes).toEqual([{ resource: { 'host.name': 'n' }, scopeName: 'lib', scope: { flag: true } }]);
    expect(logs[0]).toMatchObject({
      timeUnixNano: 1760000000000000001n,
      observedUnixNano: 1760000000000000002n,
      severity: 17,
      body: Buffer.from('hällo'),
    });
    expect(Object.entries(logs[0]!.attributes)).toEqual([
      ['i', -5],
      ['big', '9223372036854775807'],
      ['d', 0.5],
      ['none', ''],
      ['__proto__', 'x'],
      ['list', '["a","Yg=="]'],
    ]);
    expect(logs.slice(1).map((log) => log.body.toString())).toEqual(['{"k":[1]}', '42', '']);
    expect(validateLogs(RICH)).toEqual({ records: 4, bytes: 6 });
  });

  it('finds a resource and a scope that stand after their records', () => {
    const record = Buffer.from([0x12, 0x00]);
    const scope = Buffer.from([0x0a, 0x03, 0x0a, 0x01, 0x73]);
    const scopeLogs = Buffer.concat([Buffer.from([0x12, 7]), record, scope]);
    const resource = Buffer.from([0x0a, 0x0a, 0x0a, 0x08, 0x0a, 0x01, 0x6b, 0x12, 0x03, 0x0a, 0x01, 0x76]);
    const message = Buffer.concat([
      Buffer.from([0x0a, scopeLogs.length + resource.length]),
      scopeLogs,
      resource,
    ]);
    expect(decodeAll(message).scopes).toEqual([{ resource: { k: 'v' }, scopeName: 's', scope: {} }]);
    expect(decodeAll(message).logs).toHaveLength(1);
  });

  it('passes over unknown fields of every wire type', () => {
    const unknown = Buffer.from([
      0xf8, 0x07, 0x96, 0x01, 0xf9, 0x07, 1, 2, 3, 4, 5, 6, 7, 8, 0xfa, 0x07, 1, 0, 0xfd, 0x07, 1, 2, 3, 4,
      0xfb, 0x07, 0x08, 0x01, 0xfc, 0x07,
    ]);
    expect(decodeAll(Buffer.concat([unknown, RICH, unknown])).logs).toHaveLength(4);
    expect(validateLogs(Buffer.concat([unknown, RICH, unknown])).records).toBe(4);
  });

  it('decodes or refuses every truncation, and validation says the same as decoding', () => {
    for (let length = 0; length < RICH.length; length += 1) {
      const cut = RICH.subarray(0, length);
      expect(codeOf(() => validateLogs(cut))).toBe(codeOf(() => decodeAll(cut)));
    }
    expect(codeOf(() => validateLogs(RICH.subarray(0, RICH.length - 1)))).toBe('MALFORMED');
  });

  it('decodes or refuses every single flipped bit and random damage', () => {
    for (let bit = 0; bit < RICH.length * 8; bit += 1) {
      const damaged = Buffer.from(RICH);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      expectSafe(damaged);
    }
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(RICH.length - 1), fc.nat(255)), { maxLength: 20 }), (changes) => {
        const damaged = Buffer.from(RICH);
        for (const [at, value] of changes) damaged[at] = value;
        expectSafe(damaged);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        expectSafe(Buffer.from(noise));
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses what passes a limit, and says which', () => {
    let nested: object = { intValue: 1 };
    for (let i = 0; i < 20; i += 1) nested = { arrayValue: { values: [nested] } };
    const small = {
      ...DEFAULT_DECODE_LIMITS,
      maxRecords: 2,
      maxAttributes: 2,
      maxValueBytes: 8,
      maxBodyBytes: 8,
    };
    const attribute = (value: object) => ({ attributes: [{ key: 'k', value }] });
    const cases: [string, Buffer, typeof small][] = [
      ['TOO_DEEP', withRecords({ body: nested }), DEFAULT_DECODE_LIMITS],
      ['TOO_DEEP', withRecords(attribute(nested)), DEFAULT_DECODE_LIMITS],
      ['TOO_MANY', withRecords({}, {}, {}), small],
      ['TOO_MANY', withRecords({ attributes: [{ key: 'a' }, { key: 'b' }, { key: 'c' }] }), small],
      ['TOO_LARGE', withRecords({ body: { stringValue: '123456789' } }), small],
      ['TOO_LARGE', withRecords(attribute({ stringValue: '123456789' })), small],
      ['TOO_LARGE', withRecords({ attributes: [{ key: 'k'.repeat(5000) }] }), small],
      ['decoded', withRecords({ body: { stringValue: '12345678' } }, {}), small],
    ];
    for (const [code, request, limits] of cases) {
      expect(codeOf(() => decodeAll(request, limits))).toBe(code);
      expect(codeOf(() => validateLogs(request, limits))).toBe(code);
    }
  });
});
