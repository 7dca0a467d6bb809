import type { MetricSample } from '@suite/event';
import { clampLimit, MAX_SAMPLES, MAX_SERIES } from '../limit.ts';
import type { SampleQuery } from '../port.ts';
import { equals, timeNs, where } from './influxql.ts';
import type { InfluxQuery, InfluxRow } from './query.ts';
import { tagValue } from './tag-value.ts';

const FIELDS = '"value", "unit", "attributes", "exact", "time_us"';

/** The newest `limit` of the range, oldest first. */
export async function readSamples(influx: InfluxQuery, query: SampleQuery): Promise<readonly MetricSample[]> {
  const conditions = [equals('host', tagValue(query.host)), equals('name', tagValue(query.name))];
  if (query.fromUs !== undefined) conditions.push(`time >= ${timeNs(query.fromUs)}`);
  if (query.toUs !== undefined) conditions.push(`time < ${timeNs(query.toUs)}`);
  const rows = await influx.run(
    `SELECT ${FIELDS} FROM "samples"${where(conditions)} ORDER BY time DESC LIMIT ${clampLimit(query.limit, MAX_SAMPLES)}`,
  );
  return rows.map(toSample).reverse();
}

export async function readLatestSamples(
  influx: InfluxQuery,
  nowUs: number,
  withinUs: number,
): Promise<readonly MetricSample[]> {
  const rows = await influx.run(
    `SELECT ${FIELDS} FROM "samples" WHERE time >= ${timeNs(nowUs - withinUs)} AND time <= ${timeNs(nowUs)}
     GROUP BY * ORDER BY time DESC LIMIT 1 SLIMIT ${MAX_SERIES}`,
  );
  return rows.map(toSample);
}

function toSample(row: InfluxRow): MetricSample {
  const [agent, host, name] = JSON.parse(String(row.exact)) as [string, string, string];
  return {
    agent,
    host,
    name,
    unit: String(row.unit ?? ''),
    attributes: JSON.parse(String(row.attributes)) as Record<string, string>,
    timeUs: Number(row.time_us),
    value: Number(row.value),
  };
}
