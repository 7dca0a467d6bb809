import type { Detection, Incident, LogRecord } from '@suite/event';

const RECORDS_KEPT = 500;
const DETECTIONS_KEPT = 100;
/** Of a larger batch (a replay, a catching-up agent) only the newest are offered; the rest is counted. */
const BATCH_OFFERED = 1000;

export interface LiveSubscriber {
  /** `skipped` lines of the batch came before these and were not offered. Must not throw or block. */
  records(records: readonly LogRecord[], skipped: number): void;
  detection(detection: Detection): void;
  incident(incident: Incident): void;
}

/** What just happened, in memory: the newest lines and detections, and who wants to hear of the next. */
export interface LiveFeed {
  publish(records: readonly LogRecord[]): void;
  publishDetection(detection: Detection): void;
  publishIncident(incident: Incident): void;
  /** Oldest first. */
  recentRecords(): readonly LogRecord[];
  recentDetections(): readonly Detection[];
  /** @returns how to leave; may be called twice. */
  subscribe(subscriber: LiveSubscriber): () => void;
}

export function createLiveFeed(): LiveFeed {
  let records: LogRecord[] = [];
  let detections: Detection[] = [];
  const subscribers = new Set<LiveSubscriber>();
  return {
    publish(batch) {
      if (batch.length === 0) return;
      records = records.concat(batch.slice(-RECORDS_KEPT)).slice(-RECORDS_KEPT);
      if (subscribers.size === 0) return;
      const offered = batch.length > BATCH_OFFERED ? batch.slice(-BATCH_OFFERED) : batch;
      for (const subscriber of subscribers) subscriber.records(offered, batch.length - offered.length);
    },
    publishDetection(detection) {
      detections = detections.concat(detection).slice(-DETECTIONS_KEPT);
      for (const subscriber of subscribers) subscriber.detection(detection);
    },
    publishIncident(incident) {
      for (const subscriber of subscribers) subscriber.incident(incident);
    },
    recentRecords: () => records,
    recentDetections: () => detections,
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => void subscribers.delete(subscriber);
    },
  };
}
