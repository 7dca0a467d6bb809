import type { Alert, Incident, Level } from '@suite/event';
import { higher, levelRank } from '../level.ts';
import { plainText, plural } from '../plain-text.ts';
import type { WallTime } from '../wall-clock.ts';
import { alertId } from './alert-id.ts';

const RULES = 100;
const TOP = 10;

/** What was held back and waits to be told in one message. Plain data, bounded: counts, and the ten that weigh most. */
export interface HeldBack {
  /** The day and the minute of the first one. */
  since: { date: string; minute: number } | null;
  level: Level;
  total: number;
  byRule: Record<string, number>;
  /** Why they were held back, in words, with counts. */
  byWhy: Record<string, number>;
  top: { id: string; level: Level; summary: string; lastUs: number }[];
}

export function nothingHeld(): HeldBack {
  return { since: null, level: 'informational', total: 0, byRule: {}, byWhy: {}, top: [] };
}

/** @param again it is among them already and has become worse. */
export function hold(held: HeldBack, incident: Incident, why: string, wall: WallTime, again: boolean): void {
  held.since ??= { date: wall.date, minute: wall.minute };
  held.level = higher(held.level, incident.level);
  if (!again) {
    held.total += 1;
    held.byWhy[why] = (held.byWhy[why] ?? 0) + 1;
    const rule = incident.rules?.[0] ?? 'other';
    const known = rule in held.byRule || Object.keys(held.byRule).length < RULES;
    const name = known ? rule : 'other';
    held.byRule[name] = (held.byRule[name] ?? 0) + 1;
  }
  const { id, level, lastUs } = incident;
  held.top = [...held.top.filter((one) => one.id !== id), { id, level, summary: incident.summary, lastUs }]
    .sort((a, b) => levelRank(b.level) - levelRank(a.level) || b.lastUs - a.lastUs)
    .slice(0, TOP);
}

/** Whether the hour of the digest has come since the first one was held back. */
export function isDigestDue({ since }: HeldBack, digestMinute: number, wall: WallTime): boolean {
  if (since === null) return false;
  const due = since.minute < digestMinute ? since.date : dayAfter(since.date);
  return wall.date > due || (wall.date === due && wall.minute >= digestMinute);
}

export function digestOf(held: HeldBack, nowUs: number): Alert {
  const rules = counted(held.byRule);
  const why = counted(held.byWhy);
  const lines = held.top.map(({ level, summary }) => `- ${level}: ${plainText(summary, 300)}`);
  const rest = held.total - held.top.length;
  if (rest > 0) lines.push(`- and ${plural(rest, 'more')}`.replace(/mores$/, 'more'));
  return {
    id: alertId('digest', held.since?.date ?? '', String(held.since?.minute ?? 0), held.top[0]?.id ?? ''),
    kind: 'digest',
    level: held.level,
    timeUs: nowUs,
    title: `Digest: ${plural(held.total, 'incident')} held back`,
    text: [
      `${plural(held.total, 'incident')} since ${held.since?.date ?? 'the last digest'} ${held.total === 1 ? 'was' : 'were'} not told one by one (${why}).`,
      ...lines,
      `By rule: ${rules}.`,
    ].join('\n'),
    next: ['Look through them in the console; mute what is no news here, with a reason and a date.'],
    lines: [],
    entities: {},
  };
}

function counted(counts: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const shown = sorted.slice(0, 10).map(([name, count]) => `${count} ${plainText(name, 64)}`);
  return sorted.length > 10 ? `${shown.join(', ')}, …` : shown.join(', ');
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
