import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWithProtobufjs, MetricsRequest } from '../test/otlp-schema.ts';
import { type DecodedPoint, decodeMetrics, encodeMetrics, ProtocolError, validateMetrics } from './index.ts';

const RESOURCE = { host: 'node-1', agent: 'agent-1', version: '0.1.0' };

function pointsOf(request: Buffer): DecodedPoint[] {
  const points: DecodedPoint[] = [];
  decodeMetrics(
    request,
    () => {},
    (point) => points.push(point),
  );
  return points;
}

function encode(metrics: object[]): Buffer {
  const message = MetricsRequest.fromObject({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
  return Buffer.from(MetricsRequest.encode(message).finish());
}

describe('metrics', () => {
  it('are written as gauges and sums that protobufjs reads', () => {
    const request = encodeMetrics(RESOURCE, [
      {
        name: 'system.cpu.utilization',
        unit: '1',
        attributes: { 'cpu.mode': 'user' },
        timeUs: 1,
        value: 0.25,
      },
      { name: 'system.network.io', unit: 'By', attributes: {}, timeUs: 2, value: 7, type: 'sum' },
      { name: 'system.cpu.utilization', unit: '1', attributes: {}, timeUs: 1, value: -0 },
    ]);
    expect(decodeWithProtobufjs(MetricsRequest, request)).toMatchObject({
      resourceMetrics: [
        {
          scopeMetrics: [
            {
              scope: { name: 'tom' },
              metrics: [
                {
                  name: 'system.cpu.utilization',
                  unit: '1',
                  gauge: {
                    dataPoints: [
                      {
                        timeUnixNano: '1000',
                        asDouble: 0.25,
                        attributes: [{ key: 'cpu.mode', value: { stringValue: 'user' } }],
                      },
                      { asDouble: -0 },
                    ],
                  },
                },
                {
                  name: 'system.network.io',
                  sum: { dataPoints: [{ asDouble: 7 }], aggregationTemporality: 2, isMonotonic: true },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('come back as they were sent', () => {
    const point = fc.record({
      name: fc.string({ minLength: 1, unit: 'grapheme' }),
      unit: fc.constantFrom('1', 'By', 's'),
      attributes: fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme' })),
      timeUs: fc.maxSafeNat(),
      value: fc.double({ noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(point, { selector: (p) => `${p.name} ${p.unit}`, maxLength: 20 }),
        (points) => {
          const got = pointsOf(encodeMetrics(RESOURCE, points));
          expect(got).toEqual(
            points.map(({ timeUs, ...rest }) => ({
              ...rest,
              attributes: { ...rest.attributes },
              timeUnixNano: BigInt(timeUs) * 1000n,
            })),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('of a histogram and a summary come as sum and count; without a value they are left out', () => {
    const request = encode([
      {
        name: 'h',
        unit: 's',
        histogram: {
          dataPoints: [
            { count: 3, sum: 1.5, bucketCounts: [1, 2], explicitBounds: [1] },
            { count: 2, bucketCounts: [] },
          ],
        },
      },
      { name: 's', unit: 's', summary: { dataPoints: [{ count: 4, sum: 0 }] } },
      { name: 'n', gauge: { dataPoints: [{ asInt: '-3' }, { asDouble: 1, flags: 1 }, {}] } },
    ]);
    expect(pointsOf(request).map((p) => [p.name, p.unit, p.value])).toEqual([
      ['h.sum', 's', 1.5],
      ['h.count', '1', 3],
      ['h.count', '1', 2],
      ['s.sum', 's', 0],
      ['s.count', '1', 4],
      ['n', '', -3],
    ]);
    expect(validateMetrics(request).records).toBe(6);
  });

  it('decode or are refused whatever is cut or damaged', () => {
    const whole = encode([
      { name: 'h', histogram: { dataPoints: [{ count: 3, sum: 1.5, bucketCounts: [1, 2] }] } },
      {
        name: 'g',
        gauge: { dataPoints: [{ asInt: 5, attributes: [{ key: 'a', value: { stringValue: 'b' } }] }] },
      },
    ]);
    const survives = (request: Buffer) => {
      try {
        validateMetrics(request);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    };
    for (let length = 0; length < whole.length; length += 1) survives(whole.subarray(0, length));
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const damaged = Buffer.from(whole);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      survives(damaged);
    }
  });
});
