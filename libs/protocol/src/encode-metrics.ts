import {
  attributeField,
  bytesField,
  doubleField,
  fixed64Field,
  stringField,
  varintField,
} from './message-writer.ts';
import { resourceMessage, type SenderResource } from './resource.ts';

/** One measurement to send. */
export interface EncodablePoint {
  /** OpenTelemetry name, e.g. `system.cpu.utilization`. */
  readonly name: string;
  /** UCUM unit. */
  readonly unit: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly timeUs: number;
  readonly value: number;
  /** `sum`: a cumulative counter that only grows. Default `gauge`. */
  readonly type?: 'gauge' | 'sum';
}

const CUMULATIVE = 2;

/** An ExportMetricsServiceRequest (collector/metrics/v1) with one Metric per name, unit and type. */
export function encodeMetrics(resource: SenderResource, points: readonly EncodablePoint[]): Buffer {
  const metrics = new Map<string, EncodablePoint[]>();
  for (const point of points) {
    const key = `${point.name}\0${point.unit}\0${point.type ?? 'gauge'}`;
    const group = metrics.get(key);
    if (group === undefined) metrics.set(key, [point]);
    else group.push(point);
  }
  const scope = bytesField(1, stringField(1, 'tom'));
  const scopeMetrics = [...metrics.values()].map((group) => bytesField(2, metricMessage(group)));
  return bytesField(
    1,
    Buffer.concat([
      bytesField(1, resourceMessage(resource)),
      bytesField(2, Buffer.concat([scope, ...scopeMetrics])),
    ]),
  );
}

/** Metric: name 1, unit 3, gauge 5, sum 7 (temporality 2, monotonic 3). */
function metricMessage(points: readonly EncodablePoint[]): Buffer {
  const first = points[0]!;
  const dataPoints = points.map((point) => bytesField(1, numberDataPoint(point)));
  const data =
    first.type === 'sum'
      ? bytesField(7, Buffer.concat([...dataPoints, varintField(2, CUMULATIVE), varintField(3, 1)]))
      : bytesField(5, Buffer.concat(dataPoints));
  return Buffer.concat([stringField(1, first.name), stringField(3, first.unit), data]);
}

/** NumberDataPoint: time 3, as_double 4, attributes 7. */
function numberDataPoint(point: EncodablePoint): Buffer {
  return Buffer.concat([
    fixed64Field(3, BigInt(Math.trunc(point.timeUs)) * 1000n),
    doubleField(4, point.value),
    ...Object.entries(point.attributes).map(([key, value]) => attributeField(7, key, value)),
  ]);
}
