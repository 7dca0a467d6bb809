import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LogRecord, Origin } from '@suite/event';
import { encodeEvent, messageStart } from '../event-column.ts';
import { MAX_SEARCHED_CHARS } from '../text-query.ts';
import { Dictionary } from './dictionary.ts';
import { TagWords } from './tags.ts';
import { TimeKeys } from './time-key.ts';

const MINUTE_US = 60_000_000;

interface OriginIds {
  readonly origin: number;
  readonly stream: number;
  readonly host: number;
}

/** Puts records, their words and their counts per minute into the open transaction. */
export class RecordInserter {
  readonly #db: DatabaseSync;
  readonly #hosts: Dictionary;
  readonly #formats: Dictionary;
  readonly #streams: Dictionary;
  readonly #origins: Dictionary;
  readonly #keys: TimeKeys;
  readonly #tags = new TagWords();
  readonly #record: StatementSync;
  readonly #words: StatementSync;
  readonly #rate: StatementSync;
  readonly #progress: StatementSync;
  readonly #originIds = new Map<string, OriginIds>();
  readonly #fullText: boolean;
  /** Lines come in runs of one stream. */
  #lastOrigin: Origin | null = null;
  #lastIds: OriginIds | null = null;

  constructor(db: DatabaseSync, fullText: boolean) {
    this.#db = db;
    this.#fullText = fullText;
    this.#hosts = new Dictionary(db, 'host', ['name']);
    this.#formats = new Dictionary(db, 'format', ['name']);
    this.#streams = new Dictionary(db, 'stream', ['agent', 'stream']);
    this.#origins = new Dictionary(db, 'origin', ['stream_id', 'host_id', 'kind', 'path']);
    this.#keys = new TimeKeys(db);
    this.#record = db.prepare(
      `INSERT INTO record (id, time_us, observed_us, origin_id, stream_id, offset, line, format_id, message_at, raw, event)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (stream_id, offset) DO NOTHING`,
    );
    this.#words = db.prepare('INSERT INTO line_index (rowid, raw, tag) VALUES (?, ?, ?)');
    this.#rate = db.prepare(
      'INSERT INTO rate (minute, host_id, count) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
    );
    this.#progress = db.prepare('UPDATE progress SET records = records + ?, spill_us = ?');
  }

  insert(records: readonly LogRecord[]): void {
    if (records.length === 0) return;
    const rate = new Map<number, Map<number, number>>();
    let inserted = 0;
    for (const record of inTimeOrder(records)) {
      const ids = this.#ids(record.origin);
      const key = this.#keys.next(record.timeUs);
      const messageAt = messageStart(record);
      const result = this.#record.run(
        key,
        record.timeUs,
        record.observedUs,
        ids.origin,
        ids.stream,
        record.origin.offset,
        record.origin.line ?? null,
        this.#formats.id(record.format, [record.format]),
        messageAt,
        record.raw,
        encodeEvent(record.event, messageAt !== null),
      );
      if (result.changes === 0) continue;
      inserted += 1;
      if (this.#fullText) {
        const searched =
          record.raw.length > MAX_SEARCHED_CHARS ? record.raw.slice(0, MAX_SEARCHED_CHARS) : record.raw;
        this.#words.run(key, searched, this.#tags.of(record));
      }
      const minute = Math.floor(record.timeUs / MINUTE_US);
      let hosts = rate.get(minute);
      if (hosts === undefined) {
        hosts = new Map();
        rate.set(minute, hosts);
      }
      hosts.set(ids.host, (hosts.get(ids.host) ?? 0) + 1);
    }
    for (const [minute, hosts] of rate)
      for (const [host, count] of hosts) this.#rate.run(minute, host, count);
    this.#progress.run(inserted, this.#keys.spillUs);
  }

  /** After a rollback: nothing remembered may outlive what was undone. */
  forget(): void {
    for (const dictionary of [this.#hosts, this.#formats, this.#streams, this.#origins]) dictionary.forget();
    this.#originIds.clear();
    this.#lastOrigin = null;
    this.#keys.forget(this.#db);
  }

  #ids(origin: Origin): OriginIds {
    const last = this.#lastOrigin;
    if (
      last !== null &&
      last.stream === origin.stream &&
      last.path === origin.path &&
      last.agent === origin.agent &&
      last.host === origin.host &&
      last.kind === origin.kind
    ) {
      return this.#lastIds!;
    }
    const ids = this.#lookUp(origin);
    this.#lastOrigin = origin;
    this.#lastIds = ids;
    return ids;
  }

  #lookUp(origin: Origin): OriginIds {
    const key = `${origin.agent}\0${origin.stream}\0${origin.host}\0${origin.kind}\0${origin.path}`;
    const known = this.#originIds.get(key);
    if (known !== undefined) return known;
    const host = this.#hosts.id(origin.host, [origin.host]);
    const stream = this.#streams.id(`${origin.agent}\0${origin.stream}`, [origin.agent, origin.stream]);
    const ids = { host, stream, origin: this.#origins.id(key, [stream, host, origin.kind, origin.path]) };
    if (this.#originIds.size >= 10_000) this.#originIds.clear();
    this.#originIds.set(key, ids);
    return ids;
  }
}

/** By time, arrival order within the same time: FTS5 builds one segment of ascending keys instead of many. */
function inTimeOrder(records: readonly LogRecord[]): readonly LogRecord[] {
  for (let i = 1; i < records.length; i += 1) {
    if (records[i]!.timeUs < records[i - 1]!.timeUs) return records.toSorted((a, b) => a.timeUs - b.timeUs);
  }
  return records;
}
