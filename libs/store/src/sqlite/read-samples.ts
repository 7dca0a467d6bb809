import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { MetricSample } from '@suite/event';
import { clampLimit, MAX_SAMPLES, MAX_SERIES } from '../limit.ts';
import type { SampleQuery } from '../port.ts';

const SERIES = 'series.agent, series.host, series.name, series.unit, series.attributes';

/** The newest `limit` of the range, oldest first. */
export function readSamples(db: DatabaseSync, query: SampleQuery): readonly MetricSample[] {
  return db
    .prepare(
      `SELECT ${SERIES}, sample.time_us, sample.value FROM series JOIN sample ON sample.series_id = series.id
       WHERE series.host = ? AND series.name = ? AND time_us >= ? AND time_us < ?
       ORDER BY time_us DESC, series.id DESC LIMIT ?`,
    )
    .all(
      query.host,
      query.name,
      query.fromUs ?? -(2 ** 53),
      query.toUs ?? 2 ** 53,
      clampLimit(query.limit, MAX_SAMPLES),
    )
    .map(toSample)
    .reverse();
}

export function readLatestSamples(
  db: DatabaseSync,
  nowUs: number,
  withinUs: number,
): readonly MetricSample[] {
  return db
    .prepare(
      `SELECT ${SERIES}, sample.time_us, sample.value FROM series JOIN sample ON sample.series_id = series.id
         AND sample.time_us = (SELECT max(time_us) FROM sample AS s WHERE s.series_id = series.id AND s.time_us <= ?)
       WHERE sample.time_us >= ? ORDER BY series.host, series.name, series.attributes LIMIT ?`,
    )
    .all(nowUs, nowUs - withinUs, MAX_SERIES)
    .map(toSample);
}

function toSample(row: Record<string, SQLOutputValue>): MetricSample {
  return {
    agent: String(row.agent),
    host: String(row.host),
    name: String(row.name),
    unit: String(row.unit),
    attributes: JSON.parse(String(row.attributes)) as Record<string, string>,
    timeUs: Number(row.time_us),
    value: Number(row.value),
  };
}
