import type { DetectionEngine } from '@suite/detection';
import type { Detection, LogRecord, MetricSample, SourceKind } from '@suite/event';
import { decodeLine } from '@suite/formats';
import { type BatchEnvelope, decodeEnvelope, decodeSyslogLines } from '@suite/intake';
import {
  ATTRIBUTES,
  type DecodedLog,
  type DecodedScope,
  decodeLogs,
  decodeMetrics,
  decompressBody,
} from '@suite/protocol';
import { LineStage, type StreamLines } from './line-stage.ts';
import { NodeBook } from './node-book.ts';
import { type LineRef, StreamParsers } from './stream-parsers.ts';

export interface BatchStageOptions {
  readonly engine: DetectionEngine | null;
  onRecord(record: LogRecord): void;
  onSample(sample: MetricSample): void;
  onDetection(detection: Detection): void;
  /** A batch begins: when NADIR received it, which is the journal's clock. */
  onBatch?(receivedUs: number): void;
}

const KINDS: ReadonlySet<string> = new Set<SourceKind>([
  'file',
  'journald',
  'history',
  'syslog',
  'socket',
  'docker',
  'otlp',
]);

/** Kinds whose lines the agent itself writes. What it only reads, somebody else wrote. */
const OWN_NOTES: ReadonlySet<SourceKind> = new Set<SourceKind>(['history', 'socket', 'docker']);
/** The format of the agent's own notes: a name, never a guess. */
const NOTE_FORMAT = 'tom-note';

/**
 * One journal entry in; records, samples and detections out. Deterministic: the same entry after the same state
 * gives the same output, which is what makes a replay harmless.
 */
export class BatchStage {
  readonly #options: BatchStageOptions;
  readonly #lines: LineStage;
  readonly #parsers = new StreamParsers();
  readonly #nodes = new NodeBook();

  constructor(options: BatchStageOptions) {
    this.#options = options;
    this.#lines = new LineStage(options);
  }

  get nodes(): NodeBook {
    return this.#nodes;
  }

  /** @param position the entry's journal position: identity for senders that give their lines none. */
  async process(position: number, payload: Buffer): Promise<void> {
    const envelope = decodeEnvelope(payload);
    if (envelope.kind === 'checkpoint') return;
    this.#options.onBatch?.(envelope.receivedUs);
    const body = await decompressBody(envelope.body, envelope.encoding, envelope.rawBytes);
    switch (envelope.signal) {
      case 'logs':
        this.#logs(position, envelope, body);
        break;
      case 'metrics':
        this.#metrics(envelope, body);
        break;
      case 'syslog':
        this.#syslog(position, envelope, body);
        break;
    }
  }

  snapshot(): unknown {
    return { parsers: this.#parsers.snapshot(), nodes: this.#nodes.snapshot() };
  }

  restore(state: unknown): void {
    const { parsers, nodes } = state as { parsers: unknown; nodes: unknown };
    this.#parsers.restore(parsers);
    this.#nodes.restore(nodes);
  }

  #logs(position: number, envelope: BatchEnvelope, body: Buffer): void {
    let scope: OpenScope | null = null;
    let ordinal = 0;
    let lines = 0;
    decodeLogs(
      body,
      (next) => {
        scope?.stream.flush('pause');
        scope = this.#openScope(position, envelope, next);
      },
      (log) => {
        const open = scope!;
        const offset = offsetOf(log) ?? ordinal;
        ordinal += 1;
        lines += 1;
        open.stream.push(decodeLine(log.body, 0, log.body.length, open.binary ? 'binary' : 'utf-8'), {
          offset,
          observedUs: observedUs(log) ?? envelope.receivedUs,
          ...(envelope.identity === null ? { told: toldOf(log) } : {}),
        });
      },
    );
    (scope as OpenScope | null)?.stream.flush('pause');
    if (scope)
      this.#seen(
        envelope,
        (scope as OpenScope).agent,
        (scope as OpenScope).host,
        (scope as OpenScope).version,
        lines,
      );
  }

  #openScope(position: number, envelope: BatchEnvelope, decoded: DecodedScope): OpenScope {
    const { resource, scope } = decoded;
    const agent = agentOf(envelope, resource);
    const host = text(resource[ATTRIBUTES.host]) ?? envelope.remote;
    const path =
      text(scope[ATTRIBUTES.path]) ??
      text(resource[ATTRIBUTES.path]) ??
      text(resource[ATTRIBUTES.service]) ??
      'otlp';
    const own = text(scope[ATTRIBUTES.stream]);
    const user = text(scope[ATTRIBUTES.user]);
    const kind = envelope.identity === null ? 'otlp' : kindOf(text(scope[ATTRIBUTES.kind]));
    const named = text(scope[ATTRIBUTES.format]);
    const format = named === NOTE_FORMAT && !OWN_NOTES.has(kind) ? undefined : named;
    const parser = this.#parsers.of(`${agent}\0${own ?? path}`, () => ({
      path,
      nearUs: envelope.receivedUs,
      ...(format === undefined ? {} : { format }),
      ...(user === undefined ? {} : { user }),
    }));
    // A sender without stream identities gets one per batch: the journal position never comes twice.
    const stream = own ?? `${path}@${position}`;
    return {
      stream: this.#lines.stream({ agent, host, kind, path, stream }, parser),
      agent,
      host,
      version: text(resource[ATTRIBUTES.version]) ?? '',
      binary: format === 'zsh-history',
    };
  }

  #metrics(envelope: BatchEnvelope, body: Buffer): void {
    let agent = `otlp:${envelope.remote}`;
    let host = envelope.remote;
    let version = '';
    decodeMetrics(
      body,
      ({ resource }) => {
        agent = agentOf(envelope, resource);
        host = text(resource[ATTRIBUTES.host]) ?? host;
        version = text(resource[ATTRIBUTES.version]) ?? version;
      },
      (point) => {
        const timeUs = point.timeUnixNano > 0n ? Number(point.timeUnixNano / 1000n) : envelope.receivedUs;
        const attributes: Record<string, string> = {};
        for (const [name, value] of Object.entries(point.attributes)) attributes[name] = String(value);
        const sample: MetricSample = {
          agent,
          host,
          name: point.name,
          unit: point.unit,
          attributes,
          timeUs,
          value: point.value,
        };
        this.#nodes.sample(sample);
        this.#options.engine?.sample(sample, this.#options.onDetection);
        this.#options.onSample(sample);
      },
    );
    this.#seen(envelope, agent, host, version, 0);
  }

  #syslog(position: number, envelope: BatchEnvelope, body: Buffer): void {
    const agent = `syslog:${envelope.remote}`;
    const parser = this.#parsers.of(agent, () => ({ format: 'syslog', nearUs: envelope.receivedUs }));
    const origin = {
      agent,
      host: envelope.remote,
      kind: 'syslog',
      path: 'syslog',
      stream: `@${position}`,
    } as const;
    const stream = this.#lines.stream(origin, parser);
    const lines = decodeSyslogLines(body);
    for (const { offset, line } of lines) {
      stream.push(decodeLine(line, 0, line.length), { offset, observedUs: envelope.receivedUs });
    }
    stream.flush('pause');
    this.#nodes.seen(agent, envelope.remote, 'syslog', envelope.receivedUs, lines.length);
  }

  #seen(envelope: BatchEnvelope, agent: string, host: string, version: string, lines: number): void {
    this.#nodes.seen(agent, host, version, envelope.receivedUs, lines);
    if (envelope.identity) this.#options.engine?.seen(agent, host, envelope.receivedUs);
  }
}

interface OpenScope {
  readonly stream: StreamLines;
  readonly agent: string;
  readonly host: string;
  readonly version: string;
  readonly binary: boolean;
}

/** A sender without an identity is never an agent of ours, whatever it calls itself: agents have no colon in their names. */
function agentOf({ identity, remote }: BatchEnvelope, resource: Readonly<Record<string, unknown>>): string {
  return identity?.agent ?? `otlp:${text(resource[ATTRIBUTES.agent])?.slice(0, 64) ?? remote}`;
}

/** Names are as long as paths may be; what goes on is cut. */
const TEXT_CHARS = 4_096;

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, TEXT_CHARS) : undefined;
}

function kindOf(kind: string | undefined): SourceKind {
  return kind !== undefined && KINDS.has(kind) ? (kind as SourceKind) : 'otlp';
}

function offsetOf(log: DecodedLog): number | undefined {
  const offset = log.attributes[ATTRIBUTES.offset];
  return typeof offset === 'number' && Number.isSafeInteger(offset) && offset >= 0 ? offset : undefined;
}

/** Attributes of a sender that is no agent of ours, out of the way of the names that detectors trust. */
function toldOf(log: DecodedLog): NonNullable<LineRef['told']> {
  const fields: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(log.attributes)) {
    if (name !== ATTRIBUTES.offset) fields[`otel.${name}`] = value;
  }
  if (log.severity > 0) fields['otel.severity_number'] = log.severity;
  const timeUs = log.timeUnixNano > 0n ? Number(log.timeUnixNano / 1000n) : undefined;
  return { fields, ...(timeUs === undefined ? {} : { timeUs }) };
}

function observedUs(log: DecodedLog): number | undefined {
  const nano = log.timeUnixNano > 0n ? log.timeUnixNano : log.observedUnixNano;
  return nano > 0n ? Number(nano / 1000n) : undefined;
}
