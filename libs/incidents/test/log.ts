import { createEngine, DEFAULT_SETTINGS } from '@suite/detection';
import { type Detection, type Incident, type LogRecord, recordId } from '@suite/event';
import { createStreamParser } from '@suite/formats';
import { createIncidents, DEFAULT_INCIDENT_SETTINGS, type IncidentSettings } from '../src/index.ts';

/** 2026-01-10T12:00:00Z, after all lines. */
const OBSERVED_US = Date.UTC(2026, 0, 12) * 1000;

/** Records of a log, as the pipeline makes them. */
export function recordsOf(log: string, path = '/var/log/auth.log', format?: string): LogRecord[] {
  const parser = createStreamParser({
    path,
    nearUs: OBSERVED_US,
    ...(format === undefined ? {} : { format }),
  });
  const records: LogRecord[] = [];
  const emit = (offset: number, raw: string, format: string, event: LogRecord['event']) => {
    records.push({
      id: recordId('agent', path, offset),
      origin: { agent: 'agent', host: 'node2', kind: 'file', path, stream: path, offset },
      raw,
      format,
      timeUs: event?.timeUs ?? OBSERVED_US,
      observedUs: OBSERVED_US,
      event,
    });
  };
  let offset = 0;
  for (const line of log.trim().split('\n')) {
    parser.push(line, offset, emit);
    offset += line.length + 1;
  }
  parser.flush(emit, 'end');
  return records;
}

export interface Told {
  readonly detections: readonly Detection[];
  /** Every version, in order. */
  readonly versions: readonly Incident[];
  /** The newest version of each, in the order of appearance. */
  readonly incidents: readonly Incident[];
}

/** What detectors and incidents make of the records, in order. */
export function tell(records: readonly LogRecord[], settings: Partial<IncidentSettings> = {}): Told {
  const engine = createEngine(DEFAULT_SETTINGS);
  const incidents = createIncidents({ ...DEFAULT_INCIDENT_SETTINGS, ...settings });
  const detections: Detection[] = [];
  const versions: Incident[] = [];
  const emit = (incident: Incident) => versions.push(incident);
  for (const record of records) {
    engine.observe(record, (detection) => {
      detections.push(detection);
      incidents.observe(detection, emit);
    });
    incidents.record(record, emit);
    incidents.advance(record.timeUs, emit);
  }
  return { detections, versions, incidents: newest(versions) };
}

export function newest(versions: readonly Incident[]): Incident[] {
  const latest = new Map<string, Incident>();
  for (const incident of versions) latest.set(incident.id, incident);
  return [...latest.values()];
}

/** `Jan 10 03:04:05 node2 sshd[77]: …`, one line. */
export function sshd(seconds: number, pid: number, message: string, host = 'node2'): string {
  return `${syslogTime(seconds)} ${host} sshd[${pid}]: ${message}`;
}

/** Seconds after 2026-01-10T03:00:00. */
export function syslogTime(seconds: number): string {
  const date = new Date(Date.UTC(2026, 0, 10, 3) + seconds * 1000).toISOString();
  return `Jan ${date.slice(8, 10)} ${date.slice(11, 19)}`;
}

/** An address that fails `count` times on an account, one failure each `every` seconds. */
export function failures(
  address: string,
  user: string,
  { count, every, from = 0, host = 'node2' }: { count: number; every: number; from?: number; host?: string },
): string[] {
  return Array.from({ length: count }, (_, i) =>
    sshd(
      from + Math.round(i * every),
      1000 + i,
      `Failed password for ${user} from ${address} port ${40_000 + i} ssh2`,
      host,
    ),
  );
}

export function accepted(seconds: number, address: string, user: string, host = 'node2'): string {
  return sshd(
    seconds,
    9000 + (seconds % 1000),
    `Accepted password for ${user} from ${address} port 51022 ssh2`,
    host,
  );
}
