import { createHash } from 'node:crypto';
import { Point } from '@influxdata/influxdb-client';
import type { Detection, LogRecord, MetricSample } from '@suite/event';
import { canonicalAttributes } from '../attributes.ts';
import { detectionHost } from '../detection-host.ts';
import { messageStart } from '../event-column.ts';
import type { NodeState, StoreBatch } from '../port.ts';
import { encodeIncident } from './encode-incident.ts';
import { cutJson, cutText } from './field-size.ts';
import { line } from './point-line.ts';
import { clampNs, hashedPointTime, logPointTime } from './point-time.ts';
import { actionTag, categoryTag, outcomeTag, programTag, TagBound, tagValue } from './tag-value.ts';

const MAX_HOSTS = 1_000;
const MAX_AGENTS = 1_000;
const MAX_SERIES = 5_000;
const MAX_RULES = 2_000;

export interface EncodedBatch {
  /** Line protocol, one point each. */
  readonly lines: readonly string[];
  /** Points that have no place here: past the bound on series, or no number. */
  readonly refused: number;
}

/**
 * Points of line protocol, a function of the batch alone (below the bounds on hosts and series), so that a
 * replay writes the same bytes. No tag shares a name with a field in any measurement.
 */
export class BatchEncoder {
  readonly #hosts = new TagBound(MAX_HOSTS);
  readonly #agents = new TagBound(MAX_AGENTS);
  readonly #rules = new TagBound(MAX_RULES);
  readonly #series = new Set<string>();

  encode(batch: StoreBatch, only: 'all' | 'detections'): EncodedBatch {
    const lines: string[] = [];
    let refused = 0;
    if (only === 'all') {
      const taken = new Set<string>();
      for (const record of batch.records) lines.push(this.#log(record, taken));
      for (const sample of batch.samples) {
        const line = this.#sample(sample);
        if (line === null) refused += 1;
        else lines.push(line);
      }
      for (const node of batch.nodes) lines.push(this.#node(node));
    }
    for (const detection of batch.detections) lines.push(this.#detection(detection));
    for (const incident of batch.incidents) lines.push(encodeIncident(incident));
    return { lines, refused };
  }

  #log(record: LogRecord, taken: Set<string>): string {
    const { origin, event } = record;
    const tags: string[] = [this.#hosts.tag(origin.host), origin.kind];
    const point = new Point('logs').tag('host', tags[0]!).tag('kind', origin.kind);
    const tag = (name: string, value: string) => {
      point.tag(name, value);
      tags.push(`${name}=${value}`);
    };
    const raw = cutText(record.raw);
    let cutBytes = raw.cutBytes;
    point
      .stringField('id', record.id)
      .stringField('message', raw.text)
      .stringField('origin', JSON.stringify([origin.agent, origin.host, origin.stream]))
      .stringField('path', origin.path)
      .intField('offset', origin.offset)
      .stringField('format', record.format)
      .intField('time_us', record.timeUs)
      .intField('observed_us', record.observedUs);
    if (origin.line !== undefined) point.intField('line', origin.line);
    if (event !== null) {
      const messageAt = messageStart(record);
      const { message: _, ...rest } = event;
      const cut = cutJson(messageAt === null ? event : rest, 256);
      cutBytes += cut.cutBytes;
      if (cut.json !== null) point.stringField('event', cut.json);
      if (messageAt !== null) point.intField('message_at', messageAt);
      const severity = event['log.syslog.severity.code'];
      if (severity !== undefined && severity >= 0 && severity <= 7)
        tag('severity', String(Math.trunc(severity)));
      if (event['event.category'] !== undefined) tag('category', categoryTag(event['event.category']));
      if (event['event.outcome'] !== undefined) tag('outcome', outcomeTag(event['event.outcome']));
      const action = event['event.action'];
      if (action !== undefined) {
        tag('action', actionTag(action));
        point.stringField('action_name', cutText(action).text);
      }
      const program = event['process.name'];
      if (program !== undefined) {
        tag('program', programTag(program));
        point.stringField('program_name', cutText(program).text);
      }
      if (event['user.name'] !== undefined) point.stringField('user', cutText(event['user.name']).text);
      if (event['source.address'] !== undefined) {
        point.stringField('address', cutText(event['source.address']).text);
      }
    }
    if (cutBytes > 0) point.intField('cut_bytes', cutBytes);
    const series = tags.join('\0');
    let ns = logPointTime(record.timeUs, record.id);
    while (taken.has(`${series}\0${ns}`)) ns += 1n;
    taken.add(`${series}\0${ns}`);
    return line(point, ns);
  }

  #sample(sample: MetricSample): string | null {
    const attributes = canonicalAttributes(sample.attributes);
    const identity = `${sample.agent}\0${sample.host}\0${sample.name}\0${sample.unit}\0${attributes}`;
    if (!Number.isFinite(sample.value) || sample.attributes === undefined) return null;
    if (!this.#series.has(identity)) {
      if (this.#series.size >= MAX_SERIES) return null;
      this.#series.add(identity);
    }
    const point = new Point('samples')
      .tag('host', this.#hosts.tag(sample.host))
      .tag('agent', this.#agents.tag(sample.agent))
      .tag('name', tagValue(sample.name))
      .tag('series', createHash('sha256').update(identity).digest('hex').slice(0, 16))
      .floatField('value', sample.value)
      .stringField('exact', JSON.stringify([sample.agent, sample.host, sample.name]))
      .stringField('unit', sample.unit)
      .stringField('attributes', attributes)
      .intField('time_us', sample.timeUs);
    for (const [key, value] of Object.entries(sample.attributes))
      point.tag(`attr.${tagValue(key)}`, tagValue(value));
    return line(point, clampNs(BigInt(sample.timeUs) * 1_000n));
  }

  #node(node: NodeState): string {
    const json = JSON.stringify(node);
    const point = new Point('nodes').tag('agent', this.#agents.tag(node.agent)).stringField('data', json);
    return line(point, hashedPointTime(node.lastSeenUs, json));
  }

  #detection(detection: Detection): string {
    const { id, version, rule, level, timeUs } = detection;
    const { json, cutBytes } = cutJson(detection, 512);
    const host = detectionHost(detection);
    const point = new Point('detections')
      .tag('rule', this.#rules.tag(rule))
      .tag('level', level)
      .tag('host', this.#hosts.tag(host))
      .stringField('id', id)
      .intField('version', version)
      .intField('time_us', timeUs)
      .stringField('filed', JSON.stringify([rule, host]))
      .stringField('data', json ?? JSON.stringify({ ...detection, evidence: [], entities: {} }));
    if (cutBytes > 0) point.intField('cut_bytes', cutBytes);
    return line(point, hashedPointTime(timeUs, `${id}\0${version}`));
  }
}
