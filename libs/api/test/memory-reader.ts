import type { Detection, Incident, LogRecord, MetricSample } from '@suite/event';
import type { NodeState, StoreReader } from '@suite/store';

export interface Memory {
  records: LogRecord[];
  detections: Detection[];
  incidents: Incident[];
  nodes: NodeState[];
  samples: MetricSample[];
}

/** A reader over arrays, for tests of routing; it knows equality and substrings, not full-text search. */
export function memoryReader(memory: Memory): StoreReader & { readonly queries: unknown[] } {
  const queries: unknown[] = [];
  const within = (timeUs: number, range: { fromUs?: number; toUs?: number }) =>
    timeUs >= (range.fromUs ?? 0) && timeUs < (range.toUs ?? Number.MAX_SAFE_INTEGER);
  const page = <T>(items: T[], limit: number, cursor?: string) => {
    const at = Number(cursor ?? 0);
    return {
      items: items.slice(at, at + limit),
      next: at + limit < items.length ? String(at + limit) : null,
    };
  };
  return {
    queries,
    async records(query) {
      queries.push(query);
      const found = memory.records
        .filter((record) => within(record.timeUs, query))
        .filter((record) => query.text === undefined || record.raw.includes(query.text))
        .filter((record) => query.host === undefined || record.origin.host === query.host)
        .sort((a, b) => b.timeUs - a.timeUs);
      return page(found, query.limit, query.cursor);
    },
    async detections(query) {
      queries.push(query);
      return page(
        memory.detections.filter((detection) => within(detection.timeUs, query)),
        query.limit,
        query.cursor,
      );
    },
    async detection(id) {
      return memory.detections.find((detection) => detection.id === id) ?? null;
    },
    async incidents(query) {
      queries.push(query);
      return page(
        memory.incidents.filter((incident) => within(incident.lastUs, query)),
        query.limit,
        query.cursor,
      );
    },
    async incident(id) {
      return memory.incidents.find((incident) => incident.id === id) ?? null;
    },
    async rate(query) {
      queries.push(query);
      const counts = new Map<number, number>();
      for (const { timeUs } of memory.records.filter((record) => within(record.timeUs, query))) {
        const startUs = Math.floor(timeUs / query.bucketUs) * query.bucketUs;
        counts.set(startUs, (counts.get(startUs) ?? 0) + 1);
      }
      return [...counts].sort(([a], [b]) => a - b).map(([startUs, count]) => ({ startUs, count }));
    },
    nodes: async () => memory.nodes,
    latestSamples: async (nowUs, withinUs) =>
      memory.samples.filter((sample) => sample.timeUs > nowUs - withinUs),
    samples: async (query) =>
      memory.samples.filter((sample) => sample.host === query.host && sample.name === query.name),
    counts: async () => ({
      records: memory.records.length,
      detections: memory.detections.length,
      sizeBytes: 4096,
    }),
    async stop() {},
  };
}
