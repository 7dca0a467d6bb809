import { FrameStripper, TemplateMiner } from '@suite/anomaly';
import type { LogRecord } from '@suite/event';
import type { Detector, Report } from '../port.ts';
import { TEMPLATE_RULES } from './about.ts';
import { HabitBook, type Host } from './book.ts';
import { levelOf } from './failure-words.ts';
import { type Habit, isOverdue, seeAgain, startHabit } from './habit.ts';
import { advance, wasAway } from './host-clock.ts';
import { NEW, newKind, type OutOfRange, RATE, rateOut, STOPPED, stopped } from './report.ts';
import { mayReport, type Source, turnDay } from './source.ts';
import { isUnvouched, isWatched, nameOf, programOf } from './watched.ts';

const BUCKET_MINUTES = 10;
const BUCKET_US = BUCKET_MINUTES * 60e6;
const LEARN_US = 24 * 3_600e6;
const LEARN_LINES = 500;
/** Of those that say little. */
const LEARN_FEW_US = 7 * LEARN_US;
const LEARN_FEW_LINES = 50;
/** A program with more new kinds of lines than this in two days makes them all the time: they are no news. */
const NEW_KINDS_TWO_DAYS = 8;
const NEW_PER_DAY = 3;
const RATE_PER_DAY = 3;
const STOPPED_PER_DAY = 2;
/** Lines that a host must have written for its silence on one thing to mean something. */
const SPEAKS_LINES = 20;

/**
 * Learns which kinds of lines each program of each host writes, how often, and at what times; tells of a new kind, of a
 * known one that came far more or less often than ever, and of a regular one that stopped. Silent for the first 24 hours
 * and 500 lines of a program (or its first week and 50 lines) by the log's own clock.
 */
export function logTemplates(): Detector {
  const book = new HabitBook();
  const miner = new TemplateMiner({ onMerged: (from, into) => book.merge(from.id, into.id) });
  const frames = new FrameStripper();

  return {
    rule: 'log-templates',
    about: TEMPLATE_RULES,
    wants: 'all',
    unparsed: true,
    observe({ record }, report) {
      if (!isWatched(record)) return;
      const message = messageOf(record, frames);
      if (message === '') return;
      const host = book.host(record.event?.['host.name'] ?? record.origin.host);
      if (!passTime(host, record, report)) return;
      const { nowUs } = host;
      host.lines += 1;
      const source = book.source(host, programOf(record), nowUs);
      source.lines += 1;
      source.lastUs = nowUs;
      const { id, text } = kindOf(record, message);
      const seen = source.habits.get(id);
      const habit = seen ?? startHabit(id, text(), record, nowUs);
      const count = record.event?.['event.count'] ?? 1;
      seeAgain(habit, habit.inBucket === 0 ? text() : habit.text, record, nowUs, count);
      habit.hostLines = host.lines;
      if (seen === undefined) {
        book.add(source, habit);
        judgeNew(host, source, habit, record, message, report);
      }
    },
    snapshot: () => ({ miner: miner.snapshot(), book: book.snapshot() }),
    restore(state) {
      const { miner: mined, book: kept } = state as { miner: unknown; book: unknown };
      miner.restore(mined);
      book.restore(kept);
    },
  };

  function kindOf(record: LogRecord, message: string): { id: string; text: () => string } {
    const name = nameOf(record, message);
    if (name !== null) return { id: name, text: () => name };
    const template = miner.mine(message);
    return { id: template.id, text: () => template.text };
  }

  /** @returns false where the line's time is not believed: it is left out. */
  function passTime(host: Host, record: LogRecord, report: Report): boolean {
    // In a replay the time of observation is that of the file, no clock.
    const isTimed = record.event?.timeUs !== undefined || record.origin.line === undefined;
    if (!isTimed) return true;
    const before = host.nowUs;
    const jump = advance(host, record.timeUs);
    if (jump === null) return false;
    const bucket = Math.floor(host.nowUs / BUCKET_US);
    if (jump !== 0) for (const source of host.sources.values()) shift(source, jump);
    else if (before !== 0) {
      const away = wasAway(host, host.nowUs - before);
      if (bucket > host.bucket) closeBucket(host, away, report);
    }
    host.bucket = bucket;
    return true;
  }

  /** @param away the host was away at the bucket's end: its counts say nothing. */
  function closeBucket(host: Host, away: boolean, report: Report): void {
    const startUs = host.bucket * BUCKET_US;
    const hour = Math.floor(startUs / 3_600e6) % 24;
    const isWhole = !away && host.backUs < startUs;
    for (const source of host.sources.values()) {
      turnDay(source, host.nowUs);
      const out: OutOfRange[] = [];
      const overdue: Habit[] = [];
      for (const habit of source.habits.values()) {
        const verdict = isWhole ? (book.model(habit)?.close(habit.inBucket, hour) ?? null) : null;
        if (verdict !== null && verdict.count > 0) out.push({ habit, ...verdict });
        const speaks = host.lines - habit.hostLines >= SPEAKS_LINES;
        if (verdict?.count === 0 || (speaks && isOverdue(habit, host))) overdue.push(habit);
      }
      judgeOut(host, source, out, overdue, report);
      for (const habit of source.habits.values()) habit.inBucket = 0;
    }
  }
}

function judgeNew(
  host: Host,
  source: Source,
  habit: Habit,
  record: LogRecord,
  message: string,
  report: Report,
): void {
  turnDay(source, host.nowUs);
  source.newToday += 1;
  if (!isLearned(source, host.nowUs) || !isUnvouched(record)) return;
  if (source.newToday + source.newYesterday > NEW_KINDS_TWO_DAYS) return;
  if (!mayReport(source, NEW, NEW_PER_DAY)) return;
  const level = levelOf(message, record.event?.['log.syslog.severity.code']);
  report(newKind({ host: host.name, source, nowUs: host.nowUs }, habit, level));
}

function isLearned(source: Source, nowUs: number): boolean {
  const age = nowUs - source.firstUs;
  return (
    (source.lines >= LEARN_LINES && age >= LEARN_US) ||
    (source.lines >= LEARN_FEW_LINES && age >= LEARN_FEW_US)
  );
}

function judgeOut(host: Host, source: Source, out: OutOfRange[], overdue: Habit[], report: Report): void {
  const place = { host: host.name, source, nowUs: host.nowUs };
  for (const habit of overdue) habit.stopped = true;
  const first = overdue[0];
  if (first !== undefined && mayReport(source, STOPPED, STOPPED_PER_DAY))
    report(stopped(place, first, overdue.length - 1));
  const worst = out.reduce<OutOfRange | null>(
    (a, b) => (a === null || Math.abs(b.count - b.expected) > Math.abs(a.count - a.expected) ? b : a),
    null,
  );
  if (worst !== null && mayReport(source, RATE, RATE_PER_DAY))
    report(rateOut(place, worst, out.length - 1, BUCKET_MINUTES));
}

/** The host was away, or its clock was set: what it did not say meanwhile it did not leave out. */
function shift(source: Source, jumpUs: number): void {
  source.lastUs += jumpUs;
  if (jumpUs < 0) source.firstUs += jumpUs;
  for (const habit of source.habits.values()) {
    habit.lastUs += jumpUs;
    habit.appearedUs += jumpUs;
    if (jumpUs < 0) habit.firstUs += jumpUs;
    habit.inBucket = 0;
  }
}

/** The first line of the message: what follows is a stack or a listing. */
function messageOf(record: LogRecord, frames: FrameStripper): string {
  const message = record.event?.message ?? frames.strip(record.raw);
  const end = message.indexOf('\n');
  return end < 0 ? message : message.slice(0, end);
}
