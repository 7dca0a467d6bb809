import { checkCount } from './any-value.ts';
import { AttributeReader } from './attributes.ts';
import { WIRE } from './message-writer.ts';
import type { AttributeValue, DecodedPoint, DecodedScope } from './port.ts';
import { readResource, readScope, readText } from './scope-reader.ts';
import { DEFAULT_DECODE_LIMITS, type DecodeLimits, WireCursor } from './wire-cursor.ts';

/** Metric's oneof `data` (metrics/v1), and where its points keep their attributes. */
const DATA = { gauge: 5, sum: 7, histogram: 9, exponentialHistogram: 10, summary: 11 } as const;

/** DataPointFlags: the series ended, there is no value. */
const NO_RECORDED_VALUE = 1;

/**
 * Walks an ExportMetricsServiceRequest (collector/metrics/v1): `onScope` once per ScopeMetrics, then `onPoint`
 * for each point of its metrics. Histograms and summaries come as two points, `NAME.sum` and `NAME.count`
 * (unit `1`); their buckets and quantiles are passed over. Points without a value are left out.
 * @throws ProtocolError, possibly after some calls: use `validateMetrics` first where that matters.
 */
export function decodeMetrics(
  request: Buffer,
  onScope: (scope: DecodedScope) => void,
  onPoint: (point: DecodedPoint) => void,
  limits: DecodeLimits = DEFAULT_DECODE_LIMITS,
): void {
  const cursor = new WireCursor(request);
  const reader = new PointReader(cursor, onPoint, limits);
  const end = request.length;
  while (cursor.pos < end) {
    if (cursor.tag(end) !== 1) {
      cursor.skip(end, limits.maxDepth);
      continue;
    }
    cursor.expect(WIRE.bytes);
    const resourceEnd = cursor.lengthEnd(end);
    const resource = readResource(cursor, resourceEnd, reader.attributes, limits);
    while (cursor.pos < resourceEnd) {
      if (cursor.tag(resourceEnd) !== 2) {
        cursor.skip(resourceEnd, limits.maxDepth);
        continue;
      }
      cursor.expect(WIRE.bytes);
      const scopeEnd = cursor.lengthEnd(resourceEnd);
      onScope(readScope(cursor, scopeEnd, resource, reader.attributes, limits));
      while (cursor.pos < scopeEnd) {
        if (cursor.tag(scopeEnd) !== 2) {
          cursor.skip(scopeEnd, limits.maxDepth);
          continue;
        }
        cursor.expect(WIRE.bytes);
        reader.metric(cursor.lengthEnd(scopeEnd));
      }
    }
  }
}

/** Checks that `decodeMetrics` would read the whole request. @throws ProtocolError */
export function validateMetrics(
  request: Buffer,
  limits: DecodeLimits = DEFAULT_DECODE_LIMITS,
): { readonly records: number } {
  let records = 0;
  decodeMetrics(
    request,
    () => {},
    () => {
      records += 1;
    },
    limits,
  );
  return { records };
}

class PointReader {
  readonly attributes: AttributeReader;
  private readonly cursor: WireCursor;
  private readonly onPoint: (point: DecodedPoint) => void;
  private readonly limits: DecodeLimits;
  private points = 0;

  constructor(cursor: WireCursor, onPoint: (point: DecodedPoint) => void, limits: DecodeLimits) {
    this.cursor = cursor;
    this.onPoint = onPoint;
    this.limits = limits;
    this.attributes = new AttributeReader(limits);
  }

  /** Name and unit may stand after the data: two passes. */
  metric(end: number): void {
    const { cursor, limits } = this;
    const start = cursor.pos;
    let name = '';
    let unit = '';
    while (cursor.pos < end) {
      cursor.tag(end);
      if (cursor.field === 1) name = readText(cursor, end, limits);
      else if (cursor.field === 3) unit = readText(cursor, end, limits);
      else cursor.skip(end, limits.maxDepth);
    }
    cursor.pos = start;
    while (cursor.pos < end) {
      cursor.tag(end);
      const data = cursor.field;
      if (data >= DATA.gauge && data <= DATA.summary && data !== 6 && data !== 8) {
        cursor.expect(WIRE.bytes);
        this.data(cursor.lengthEnd(end), data, name, unit);
      } else {
        cursor.skip(end, limits.maxDepth);
      }
    }
  }

  private data(end: number, data: number, name: string, unit: string): void {
    const { cursor, limits } = this;
    while (cursor.pos < end) {
      if (cursor.tag(end) !== 1) {
        cursor.skip(end, limits.maxDepth);
        continue;
      }
      cursor.expect(WIRE.bytes);
      this.points += 1;
      checkCount('data points', this.points, limits.maxRecords);
      const stop = cursor.lengthEnd(end);
      if (data === DATA.gauge || data === DATA.sum) this.numberPoint(stop, name, unit);
      else this.distributionPoint(stop, data, name, unit);
    }
  }

  /** NumberDataPoint: time 3, as_double 4, as_int 6 (sfixed64), attributes 7, flags 8. */
  private numberPoint(end: number, name: string, unit: string): void {
    const { cursor, limits } = this;
    const attributes: Record<string, AttributeValue> = {};
    let timeUnixNano = 0n;
    let value: number | null = null;
    let flags = 0;
    let count = 0;
    while (cursor.pos < end) {
      cursor.tag(end);
      switch (cursor.field) {
        case 3:
          cursor.expect(WIRE.fixed64);
          timeUnixNano = cursor.fixed64BigInt(end);
          break;
        case 4:
          cursor.expect(WIRE.fixed64);
          value = cursor.double(end);
          break;
        case 6:
          cursor.expect(WIRE.fixed64);
          cursor.fixed64(end);
          value = (cursor.high | 0) * 0x100000000 + cursor.low;
          break;
        case 7:
          count += 1;
          this.attributes.into(attributes, cursor, end, count);
          break;
        case 8:
          flags = this.flags(end);
          break;
        default:
          cursor.skip(end, limits.maxDepth);
      }
    }
    if (value === null || (flags & NO_RECORDED_VALUE) !== 0) return;
    this.onPoint({ name, unit, attributes, timeUnixNano, value });
  }

  /**
   * HistogramDataPoint, ExponentialHistogramDataPoint, SummaryDataPoint: time 3, count 4 (fixed64), sum 5, and
   * attributes and flags where each has them.
   */
  private distributionPoint(end: number, data: number, name: string, unit: string): void {
    const { cursor, limits } = this;
    const attributesField = data === DATA.histogram ? 9 : data === DATA.summary ? 7 : 1;
    const flagsField = data === DATA.summary ? 8 : 10;
    const attributes: Record<string, AttributeValue> = {};
    let timeUnixNano = 0n;
    let observations = 0;
    let sum: number | null = null;
    let flags = 0;
    let count = 0;
    while (cursor.pos < end) {
      cursor.tag(end);
      if (cursor.field === 3) {
        cursor.expect(WIRE.fixed64);
        timeUnixNano = cursor.fixed64BigInt(end);
      } else if (cursor.field === 4) {
        cursor.expect(WIRE.fixed64);
        cursor.fixed64(end);
        observations = cursor.high * 0x100000000 + cursor.low;
      } else if (cursor.field === 5) {
        cursor.expect(WIRE.fixed64);
        sum = cursor.double(end);
      } else if (cursor.field === attributesField) {
        count += 1;
        this.attributes.into(attributes, cursor, end, count);
      } else if (cursor.field === flagsField) {
        flags = this.flags(end);
      } else {
        cursor.skip(end, limits.maxDepth);
      }
    }
    if ((flags & NO_RECORDED_VALUE) !== 0) return;
    // proto3 leaves a summary's zero out; a histogram without a sum has none.
    if (sum === null && data === DATA.summary) sum = 0;
    if (sum !== null) this.onPoint({ name: `${name}.sum`, unit, attributes, timeUnixNano, value: sum });
    this.onPoint({ name: `${name}.count`, unit: '1', attributes, timeUnixNano, value: observations });
  }

  private flags(end: number): number {
    this.cursor.expect(WIRE.varint);
    this.cursor.varint64(end);
    return this.cursor.low;
  }
}
