import { meanClaim } from '../line-format.ts';
import { NO_FORMAT } from '../no-format.ts';
import type { Emit, Format, LineParser, ParserState } from '../port.ts';
import { type AuditContext, auditEvent } from './audit-event.ts';
import { type AuditRecord, readRecord } from './record.ts';

const NAME = 'audit';

/** An event is taken for whole when the log's clock is so far past it, whatever is still missing. */
const LATE_US = 2_000_000;
/** All that is held back; past it everything is let go as it is. */
const HELD_LINES = 512;
const HELD_CHARS = 512 * 1024;
/** Records of one event that tell the others something. */
const GROUP_RECORDS = 128;

/** Records of programs: each is an event of its own. */
const SINGLE =
  /^(?:USER|CRED|SERVICE|SYSTEM|ADD|DEL|GRP|CRYPTO|DAEMON|VIRT|ROLE|ACCT|CHGRP|CHUSER|SOFTWARE|TRUSTED|LABEL|USYS|RESP)_|^(?:EOE|ANOM_(?:LOGIN|ADD|DEL|MK|MOD|RBAC|ACCESS|CRYPTO|EXEC|ROOT|AMTU|MAX)\w*)$/;

interface Group {
  readonly timeUs: number;
  readonly records: AuditRecord[];
  hasSyscall: boolean;
  whole: boolean;
}

interface Held {
  readonly text: string;
  readonly ref: unknown;
  /** Null for a line that is no record. */
  readonly record: AuditRecord | null;
  readonly group: Group | null;
}

interface AuditState {
  readonly held: readonly (readonly [string, unknown])[];
  readonly titled: boolean;
}

/**
 * Each record is an event of its own and knows what the other records with its serial say: a line waits until its
 * event is whole (its PROCTITLE has come, or the log went on for two seconds), lines come out in order.
 */
class AuditParser implements LineParser {
  readonly #queue: Held[] = [];
  readonly #open = new Map<string, Group>();
  #heldChars = 0;
  /** This log has shown PROCTITLE: an event without it is not whole. */
  #titled = false;

  constructor(state?: ParserState) {
    const from = state as AuditState | null | undefined;
    for (const [text, ref] of from?.held ?? []) this.#add(text, ref);
    this.#titled = from?.titled ?? false;
  }

  push<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void {
    this.#add(text, ref);
    if (this.#queue.length > HELD_LINES || this.#heldChars > HELD_CHARS) this.#closeAll(() => true);
    this.#release(emit);
  }

  flush<Ref>(emit: Emit<Ref>, why: 'end' | 'pause' = 'end'): void {
    this.#closeAll((group) => why === 'end' || !this.#titled || !group.hasSyscall);
    this.#release(emit);
  }

  snapshot(): ParserState {
    const state: AuditState = { held: this.#queue.map(({ text, ref }) => [text, ref]), titled: this.#titled };
    return state;
  }

  #add(text: string, ref: unknown): void {
    const record = readRecord(text);
    const group = record === null ? null : this.#groupOf(record);
    this.#queue.push({ text, ref, record, group });
    this.#heldChars += text.length;
  }

  #groupOf(record: AuditRecord): Group {
    const timeUs = record.timeUs ?? 0;
    for (const [serial, group] of this.#open) {
      if (group.timeUs + LATE_US < timeUs) this.#close(serial, group);
    }
    if (SINGLE.test(record.type)) {
      const open = record.type === 'EOE' ? this.#open.get(record.serial) : undefined;
      if (open !== undefined) this.#close(record.serial, open);
      return { timeUs, records: [record], hasSyscall: false, whole: true };
    }
    let group = this.#open.get(record.serial);
    if (group === undefined) {
      group = { timeUs, records: [], hasSyscall: false, whole: false };
      this.#open.set(record.serial, group);
    }
    if (group.records.length < GROUP_RECORDS) group.records.push(record);
    if (record.type === 'SYSCALL') group.hasSyscall = true;
    if (record.type === 'PROCTITLE') {
      this.#titled = true;
      this.#close(record.serial, group);
    }
    return group;
  }

  #close(serial: string, group: Group): void {
    group.whole = true;
    this.#open.delete(serial);
  }

  #closeAll(which: (group: Group) => boolean): void {
    for (const [serial, group] of this.#open) if (which(group)) this.#close(serial, group);
  }

  #release<Ref>(emit: Emit<Ref>): void {
    let done = 0;
    for (const { text, ref, record, group } of this.#queue) {
      if (group !== null && !group.whole) break;
      done += 1;
      this.#heldChars -= text.length;
      if (record === null || group === null) emit(ref as Ref, text, NO_FORMAT, null);
      else {
        const event = auditEvent(record, contextOf(group));
        event.message = messageOf(text);
        emit(ref as Ref, text, NAME, event);
      }
    }
    if (done > 0) this.#queue.splice(0, done);
  }
}

function contextOf({ records }: Group): AuditContext {
  return {
    syscall: records.find(({ type }) => type === 'SYSCALL'),
    cwd: records.find(({ type }) => type === 'CWD')?.fields.get('cwd'),
    execve: records.filter(({ type }) => type === 'EXECVE'),
  };
}

/** What follows the stamp. */
function messageOf(text: string): string {
  return text.slice(text.indexOf('): ') + 3);
}

/** auditd's log (`/var/log/audit/audit.log`), raw or enriched. */
export const auditFormat: Format = {
  name: NAME,
  title: 'auditd’s log, raw or enriched; the records of one event know of each other',
  confidence: (sample) => meanClaim(sample, (text) => (readRecord(text) === null ? 0 : 0.99)),
  create: (_options, state) => new AuditParser(state),
};
