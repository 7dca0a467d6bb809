import type { Event } from './event.ts';

/** Where a line came from. Bounded set: it is a tag in the store. */
export type SourceKind = 'file' | 'journald' | 'history' | 'syslog' | 'socket' | 'docker' | 'otlp';

/** Where exactly a line stands, so that it can be found again and is known when it is seen again. */
export interface Origin {
  /** The sending agent's id, or `syslog:ADDRESS` / `otlp:ADDRESS` for senders without one. */
  readonly agent: string;
  /** The machine that the line was read on (the agent's word; the line's own is `event['host.name']`). */
  readonly host: string;
  readonly kind: SourceKind;
  /** `log.file.path`, or the unit, cursor name or listener for sources without a path. */
  readonly path: string;
  /** Identity of this incarnation of the file (device, inode, fingerprint), stable across renames. */
  readonly stream: string;
  /** Byte offset of the line's first byte in the stream; for streams without bytes a growing ordinal. */
  readonly offset: number;
  /** 1-based line number where it is known (replay). */
  readonly line?: number;
}

/** One line, parsed: what goes from the parse step to detectors and to the store. */
export interface LogRecord {
  /** Derived from origin alone (see recordId): the same line read again has the same id. */
  readonly id: string;
  readonly origin: Origin;
  /** The raw line as it was read, unescaped and untrusted. */
  readonly raw: string;
  /** The format that parsed it, or `none`. */
  readonly format: string;
  /** Event time, or the time of observation where the line has none: integer microseconds. */
  readonly timeUs: number;
  readonly observedUs: number;
  /** What the line means; null when no parser vouches for it. */
  readonly event: Event | null;
}

/** A number measured on a node. */
export interface MetricSample {
  readonly agent: string;
  readonly host: string;
  /** OpenTelemetry name, e.g. `system.cpu.utilization`. */
  readonly name: string;
  /** UCUM unit: `1`, `By`, `s`. */
  readonly unit: string;
  /** Low-cardinality attributes, e.g. `{ 'system.memory.state': 'used' }`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly timeUs: number;
  readonly value: number;
}
