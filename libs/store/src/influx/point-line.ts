import type { Point } from '@influxdata/influxdb-client';

/** A point at its nanosecond, as a line. */
export function line(point: Point, ns: bigint): string {
  return point.timestamp(ns.toString()).toLineProtocol() ?? '';
}
