import { Point } from '@influxdata/influxdb-client';
import type { Incident } from '@suite/event';
import { INCIDENT_FILTERS } from '../incident-filter.ts';
import { cutJson } from './field-size.ts';
import { line } from './point-line.ts';
import { hashedPointTime } from './point-time.ts';

/** Each version is a point of its own. `filed` is what a listing is filtered by, so that it reads no more than that. */
export function encodeIncident(incident: Incident): string {
  const { id, version, level, lastUs, closed, mergedInto, entities } = incident;
  const { json, cutBytes } = cutJson(incident, 512);
  const filed = Object.values(INCIDENT_FILTERS).map((name) => entities[name] ?? []);
  const point = new Point('incidents')
    .tag('level', level)
    .stringField('id', id)
    .intField('version', version)
    .intField('last_us', lastUs)
    .booleanField('open', !closed)
    .booleanField('merged', mergedInto !== undefined)
    .stringField('filed', JSON.stringify(filed))
    .stringField('data', json ?? JSON.stringify({ ...incident, lines: [], timeline: [], entities: {} }));
  if (cutBytes > 0) point.intField('cut_bytes', cutBytes);
  return line(point, hashedPointTime(lastUs, `${id}\0${version}`));
}
