import type { Event } from '@suite/event';
import type { Emit, Format, LineParser, ParserState } from '../port.ts';
import type { Scalar } from '../structured/flatten.ts';
import { zeekRecord } from './zeek-record.ts';

const MOST_FIELDS = 128;
const HEADER = /^#(?:separator|set_separator|empty_field|unset_field|path|open|close|fields|types)[\t ]/;
const FIELD = /^[\w.$-]{1,80}$/;
const TS = /^\d{9,11}\.\d{1,9}$/;

interface ZeekState {
  readonly path: string;
  readonly fields: readonly string[];
}

/** A header names the fields; every line until the next one has them, parted by tabs. */
function readHeader(text: string, state: ZeekState): ZeekState {
  const [name = '', ...values] = text.split('\t', MOST_FIELDS + 1);
  if (name === '#path') return { ...state, path: (values[0] ?? '').slice(0, 64) };
  if (name === '#fields') {
    const fields = values.length <= MOST_FIELDS && values.every((field) => FIELD.test(field)) ? values : [];
    return { ...state, fields };
  }
  return state;
}

function readRow(text: string, { path, fields }: ZeekState): Event | null {
  if (fields.length === 0) return null;
  const values = text.split('\t', fields.length + 1);
  if (values.length !== fields.length) return null;
  const at = fields.indexOf('ts');
  const ts = values[at] ?? '';
  if (!TS.test(ts)) return null;
  const row = new Map<string, Scalar>();
  for (const [index, value] of values.entries())
    if (value !== '-' && value !== '(empty)') row.set(fields[index] ?? '', value);
  const event: Event = { 'event.action': 'log_message', timeUs: Math.round(Number(ts) * 1e6) };
  event['process.name'] = 'zeek';
  zeekRecord(row, event);
  const message = row.get('msg');
  if (typeof message === 'string') event.message = message;
  if (path !== '') event['zeek.log'] = path;
  for (const [name, value] of row) if (name !== 'ts') event[`zeek.${name}`] = value;
  return event;
}

class ZeekParser implements LineParser {
  #state: ZeekState;

  constructor(state?: ParserState) {
    const from = state as Partial<ZeekState> | null | undefined;
    this.#state = { path: from?.path ?? '', fields: from?.fields ?? [] };
  }

  push<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void {
    const line = text.endsWith('\r') ? text.slice(0, -1) : text;
    let event: Event | null;
    if (HEADER.test(line.slice(0, 20))) {
      this.#state = readHeader(line, this.#state);
      event = { 'event.action': 'log_message', 'process.name': 'zeek' };
    } else event = readRow(line, this.#state);
    emit(ref, text, event === null ? 'none' : 'zeek', event);
  }

  flush(): void {}

  snapshot(): ParserState {
    return this.#state;
  }
}

/** Zeek's own logs, parted by tabs, with `#fields` in front (ASCII writer); those in JSON are `json`. */
export const zeekFormat: Format = {
  name: 'zeek',
  title: 'Zeek’s logs, parted by tabs',
  confidence: (sample) => {
    let state: ZeekState = { path: '', fields: [] };
    let lines = 0;
    let sum = 0;
    for (const text of sample) {
      if (text === '' || text.length > 64 * 1024) continue;
      lines += 1;
      if (HEADER.test(text.slice(0, 20))) {
        state = readHeader(text, state);
        sum += 0.99;
      } else if (readRow(text, state) !== null) sum += 0.99;
    }
    return lines === 0 ? 0 : sum / lines;
  },
  create: (_options, state) => new ZeekParser(state),
};
