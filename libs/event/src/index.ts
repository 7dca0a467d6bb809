export { ACTIONS, type Action } from './action.ts';
export type { Alert } from './alert.ts';
export type { Detection, Evidence, Level } from './detection.ts';
export type { Event, EventCategory, EventOutcome } from './event.ts';
export type { Incident, TimelineEntry } from './incident.ts';
export type { LogRecord, MetricSample, Origin, SourceKind } from './record.ts';
export { recordId, streamHash } from './record-id.ts';
