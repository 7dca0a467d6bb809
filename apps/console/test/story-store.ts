import { createEngine, DEFAULT_SETTINGS } from '@suite/detection';
import { type Detection, type Incident, type LogRecord, type MetricSample, recordId } from '@suite/event';
import { createStreamParser, type LineParser } from '@suite/formats';
import { createIncidents, DEFAULT_INCIDENT_SETTINGS } from '@suite/incidents';
import { type NodeState, openSqliteWriter } from '@suite/store';
import { STORY_NOW_US, type StoryLine } from './story.ts';

/** Lines to records, the way NADIR does it: one parser a file, identity from the place in it. */
export function createRecorder(): (line: StoryLine) => LogRecord[] {
  const streams = new Map<string, { readonly parser: LineParser; offset: number }>();
  return (line) => {
    const stream = `${line.host}:${line.path}`;
    const known = streams.get(stream) ?? {
      parser: createStreamParser({ format: formatOf(line.path), path: line.path, nearUs: STORY_NOW_US }),
      offset: 0,
    };
    streams.set(stream, known);
    const { offset } = known;
    known.offset += Buffer.byteLength(line.text) + 1;
    const records: LogRecord[] = [];
    known.parser.push(line.text, null, (_ref, raw, format, event) => {
      records.push({
        id: recordId(line.host, stream, offset),
        origin: {
          agent: line.host,
          host: line.host,
          kind: kindOf(line.path),
          path: line.path,
          stream,
          offset,
        },
        raw,
        format,
        timeUs: event?.timeUs ?? line.timeUs,
        observedUs: line.timeUs + 40_000,
        event,
      });
    });
    return records;
  };
}

const isHistory = (path: string): boolean => path.endsWith('_history');
const formatOf = (path: string) => (isHistory(path) ? 'bash-history' : 'syslog');
const kindOf = (path: string) => (isHistory(path) ? 'history' : 'file');

/** Parses and detects a story, tells its incidents, and stores all of it in a database of its own. */
export async function storeStory(path: string, lines: readonly StoryLine[]) {
  const record = createRecorder();
  const records = lines.flatMap(record);
  const engine = createEngine(DEFAULT_SETTINGS);
  const detections = new Map<string, Detection>();
  const stories = createIncidents(DEFAULT_INCIDENT_SETTINGS);
  const incidents = new Map<string, Incident>();
  const tell = (incident: Incident) => incidents.set(incident.id, incident);
  for (const one of records) {
    engine.observe(one, (detection) => {
      detections.set(detection.id, detection);
      stories.observe(detection, tell);
    });
    stories.record(one, tell);
    stories.advance(one.timeUs, tell);
  }
  const writer = openSqliteWriter({ path, retention: { ageMs: 30 * 86_400_000, sizeBytes: 1e9 } });
  let position = records.length;
  await writer.commit({
    records,
    samples: samples(),
    detections: [...detections.values()],
    incidents: [...incidents.values()],
    nodes: nodes(records),
    position,
  });
  return {
    record,
    detections: [...detections.values()],
    incidents: [...incidents.values()],
    /** Stores more of them, as the pipeline would. */
    commit: (more: readonly Incident[]) =>
      writer.commit({
        records: [],
        samples: [],
        detections: [],
        incidents: [...more],
        nodes: [],
        position: ++position,
      }),
    stop: () => writer.stop(),
  };
}

function nodes(records: readonly LogRecord[]): NodeState[] {
  const quietUs: Readonly<Record<string, number>> = { pi3: 14 * 60_000_000 };
  return [...new Set(records.map((record) => record.origin.host))].map((host) => ({
    agent: host,
    host,
    version: 'tom 0.1.0',
    firstSeenUs: STORY_NOW_US - 40 * 86_400_000_000,
    lastSeenUs: STORY_NOW_US - (quietUs[host] ?? 3_000_000),
    linesTotal: records.filter((record) => record.origin.host === host).length,
    lostBytes: 0,
  }));
}

function samples(): MetricSample[] {
  const table: readonly (readonly [string, number, number, number, number, number])[] = [
    ['nas', 0.11, 0.46, 0.38, 0.87, 0.42],
    ['pi1', 0.34, 0.61, 0.42, 0.55, 1.31],
    ['pi2', 0.08, 0.52, 0.4, 0.55, 0.27],
    ['pi3', 0.06, 0.49, 0.41, 0.55, 0.19],
  ];
  return table.flatMap(([host, cpu, memory, root, gluster, load]) => {
    const timeUs = STORY_NOW_US - (host === 'pi3' ? 14 * 60_000_000 : 4_000_000);
    const sample = (name: string, value: number, attributes: Record<string, string> = {}): MetricSample => ({
      agent: host,
      host,
      name,
      unit: '1',
      attributes,
      timeUs,
      value,
    });
    const mount = (path: string) => ({
      'system.filesystem.mountpoint': path,
      'system.filesystem.state': 'used',
    });
    return [
      sample('system.cpu.utilization', cpu, { 'cpu.mode': 'user' }),
      sample('system.memory.utilization', memory, { 'system.memory.state': 'used' }),
      sample('system.filesystem.utilization', root, mount('/')),
      sample('system.filesystem.utilization', gluster, mount('/srv/gluster')),
      sample('system.cpu.load_average.1m', load),
    ];
  });
}
