import type { Event, LogRecord } from '@suite/event';
import { LIMITS } from './limits.ts';
import type { ProcessView } from './process-views.ts';

export type Scalar = string | number | boolean | undefined;
/** Facts about a record that others found out, by name: `attempt.outcome`. */
export type Facts = Readonly<Record<string, Scalar>>;

/** Reads one field of what a rule looks at. */
export type Reader = (view: View) => Scalar;

/** The fields that the rules of a set read, each known by a number. */
export class FieldTable {
  readonly readers: Reader[] = [];
  readonly names: string[] = [];
  readonly #byKey = new Map<string, number>();

  /** @param key says what is read: two fields with one key are one. */
  intern(key: string, name: string, reader: Reader): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const index = this.readers.length;
    this.readers.push(reader);
    this.names.push(name);
    this.#byKey.set(key, index);
    return index;
  }
}

/**
 * What rules look at: a record, or one process of it. Reads each field once per look, as text and folded to lower
 * case, and is used again for the next record: nothing is allocated per record but what is read.
 */
export class View {
  readonly #table: FieldTable;
  #record!: LogRecord;
  #process: ProcessView | null = null;
  #facts: Facts | null = null;
  #look = 0;
  #texts: (string | undefined)[] = [];
  #textLook: number[] = [];
  #lowers: string[] = [];
  #lowerLook: number[] = [];

  constructor(table: FieldTable) {
    this.#table = table;
  }

  get record(): LogRecord {
    return this.#record;
  }

  get event(): Event | null {
    return this.#record.event;
  }

  get process(): ProcessView | null {
    return this.#process;
  }

  get facts(): Facts | null {
    return this.#facts;
  }

  look(record: LogRecord, process: ProcessView | null, facts: Facts | null): void {
    this.#record = record;
    this.#process = process;
    this.#facts = facts;
    this.#look += 1;
  }

  /** The field as text, undefined where the record has none; bounded to `LIMITS.textChars`. */
  text(field: number): string | undefined {
    if (this.#textLook[field] === this.#look) return this.#texts[field];
    const value = this.#table.readers[field]!(this);
    let text = value === undefined ? undefined : typeof value === 'string' ? value : String(value);
    if (text !== undefined && text.length > LIMITS.textChars) text = text.slice(0, LIMITS.textChars);
    this.#texts[field] = text;
    this.#textLook[field] = this.#look;
    return text;
  }

  /** The same in lower case. */
  lower(field: number): string | undefined {
    if (this.#lowerLook[field] === this.#look) return this.#lowers[field];
    const text = this.text(field);
    if (text === undefined) return undefined;
    const lower = text.toLowerCase();
    this.#lowers[field] = lower;
    this.#lowerLook[field] = this.#look;
    return lower;
  }
}
