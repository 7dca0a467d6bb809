import { createAddressSet } from '@suite/config';
import type { Alert, Incident, Level } from '@suite/event';
import { higher, levelRank } from '../level.ts';
import { plainText } from '../plain-text.ts';
import { createWallClock } from '../wall-clock.ts';
import { alertOf } from './alert-text.ts';
import { spend } from './budget.ts';
import { type DeskState, deskFrom, deskSnapshot, emptyDesk, keep, LIMITS } from './desk-state.ts';
import { digestOf, hold, isDigestDue, nothingHeld } from './digest.ts';
import { createHiding } from './hiding.ts';
import { createMute, type Mute, type MuteRequest } from './mute.ts';
import { newsOf } from './news.ts';
import type { AlertSettings } from './settings.ts';
import { isWithin } from './window.ts';

/** What became of an alert. */
export interface AlertEntry {
  readonly alert: Alert;
  /** `digest`: held back until then. `hidden`: by a mute, an allow-list, maintenance or an acknowledgement. */
  readonly outcome: 'told' | 'digest' | 'hidden';
  /** In words. */
  readonly why: string;
  readonly atUs: number;
}

export interface Acknowledgement {
  readonly by: string;
  readonly note: string;
  readonly atUs: number;
  /** Level that was acknowledged; told again above it. */
  readonly level: Level;
}

/**
 * Decides what of the incidents people are told, when, and remembers it. Pure: time is handed in. The same incident
 * is told when it opens, when its level rises, when attempts become a login; never for counting up, and never twice
 * for the same reason.
 */
export interface AlertDesk {
  /** A version of an incident, in any order, as often as one likes. */
  offer(incident: Incident, nowUs: number): void;
  /** Time passed: the digest may be due. Call it every minute or so. */
  tick(nowUs: number): void;
  /** Decided and not yet confirmed by `delivered`, oldest first. */
  due(): readonly Alert[];
  delivered(alertId: string): void;
  /** What was told and what was not, newest first; the last 200. */
  entries(): readonly AlertEntry[];
  /** From now on it is told only when its level rises above `level`. */
  acknowledge(incidentId: string, level: Level, by: string, note: string, nowUs: number): Acknowledgement;
  acknowledged(incidentId: string): Acknowledgement | null;
  /** @throws RangeError saying what is wrong with it. */
  mute(request: MuteRequest, nowUs: number): Mute;
  /** @returns what was lifted, or null. */
  unmute(id: string): Mute | null;
  /** Those in force, the next to expire first. */
  mutes(nowUs: number): readonly Mute[];
  /** Counts up with each change: when it is another one, there is something to save. */
  readonly revision: number;
  /** JSON-serialisable. */
  snapshot(): unknown;
  /** @returns false, and stays as it is, for what is no snapshot of this layout. */
  restore(state: unknown): boolean;
}

/** What ended longer ago is history: an old log that is read for the first time wakes nobody. */
const HISTORY_US = 24 * 3_600_000_000;

/** @throws for an address or a zone in the settings that is none. */
export function createAlertDesk(settings: AlertSettings): AlertDesk {
  const clock = createWallClock(settings.timeZone);
  const hiding = createHiding(settings, clock, createAddressSet(settings.allow.addresses));
  let state: DeskState = emptyDesk();
  let revision = 0;

  const changed = (): void => {
    revision += 1;
  };

  const note = (alert: Alert, outcome: AlertEntry['outcome'], why: string, nowUs: number): void => {
    // What is not sent needs no lines: they are with the incident.
    state.entries.push({
      alert: outcome === 'told' ? alert : { ...alert, lines: [] },
      outcome,
      why,
      atUs: nowUs,
    });
    if (state.entries.length > LIMITS.entries) state.entries.shift();
    if (outcome !== 'told') return;
    state.due.push(alert);
    if (state.due.length > LIMITS.due) state.due.shift();
  };

  /** Why it waits for the digest, or null. */
  const whyLater = (incident: Incident, nowUs: number): string | null => {
    const always = incident.level === 'critical';
    const wall = clock(nowUs);
    if (!always && nowUs - incident.lastUs > HISTORY_US) return 'more than a day ago when it was noticed';
    const quiet = settings.quiet.some((window) => isWithin(window, wall));
    if (quiet && levelRank(incident.level) < levelRank('high')) return 'in quiet hours';
    const attempt = incident.success !== true;
    return spend(state.spent, settings.budgetPerDay, wall.date, { attempt, always })
      ? null
      : "beyond the day's budget";
  };

  return {
    offer(incident, nowUs) {
      if (incident.mergedInto !== undefined) {
        if (inherit(state, incident.id, incident.mergedInto)) changed();
        return;
      }
      if (levelRank(incident.level) < levelRank(settings.minLevel)) return;
      const known = state.known.get(incident.id);
      const news = newsOf(incident, known);
      if (news === null) return;
      const level = known === undefined ? incident.level : higher(known.level, incident.level);
      const success = known?.success === true || incident.success === true;
      const acknowledged = state.acknowledged.get(incident.id);
      const hidden =
        acknowledged !== undefined && levelRank(incident.level) <= levelRank(acknowledged.level)
          ? `acknowledged by ${acknowledged.by}`
          : hiding.why(incident, state.mutes, nowUs);
      const later = hidden === null ? whyLater(incident, nowUs) : null;
      const alert = alertOf(incident, news, known, nowUs);
      if (hidden !== null) note(alert, 'hidden', hidden, nowUs);
      else if (later === null) note(alert, 'told', 'at once', nowUs);
      else {
        hold(state.held, incident, later, clock(nowUs), known?.digest === true);
        note(alert, 'digest', later, nowUs);
      }
      const told = known?.told === true || (hidden === null && later === null);
      const digest = later !== null || known?.digest === true;
      keep(state.known, incident.id, { level, success, told, digest }, LIMITS.known);
      changed();
    },
    tick(nowUs) {
      if (!isDigestDue(state.held, settings.digestMinute, clock(nowUs))) return;
      note(digestOf(state.held, nowUs), 'told', 'it is time for the digest', nowUs);
      state.held = nothingHeld();
      for (const [id, known] of state.known)
        if (known.digest) state.known.set(id, { ...known, digest: false });
      changed();
    },
    due: () => state.due,
    delivered(alertId) {
      const at = state.due.findIndex(({ id }) => id === alertId);
      if (at < 0) return;
      state.due.splice(at, 1);
      changed();
    },
    entries: () => state.entries.toReversed(),
    acknowledge(incidentId, level, by, text, nowUs) {
      const acknowledgement = { by: plainText(by, 64), note: plainText(text, 500), atUs: nowUs, level };
      keep(state.acknowledged, incidentId, acknowledgement, LIMITS.acknowledged);
      changed();
      return acknowledgement;
    },
    acknowledged: (incidentId) => state.acknowledged.get(incidentId) ?? null,
    mute(request, nowUs) {
      state.mutes = state.mutes.filter(({ expiresUs }) => expiresUs > nowUs);
      if (state.mutes.length >= LIMITS.mutes) throw new RangeError(`there are ${LIMITS.mutes} mutes already`);
      const mute = createMute(request, nowUs);
      if (!state.mutes.some(({ id }) => id === mute.id)) state.mutes.push(mute);
      changed();
      return mute;
    },
    unmute(id) {
      const mute = state.mutes.find((one) => one.id === id) ?? null;
      if (mute === null) return null;
      state.mutes = state.mutes.filter((one) => one !== mute);
      changed();
      return mute;
    },
    mutes: (nowUs) =>
      state.mutes.filter(({ expiresUs }) => expiresUs > nowUs).sort((a, b) => a.expiresUs - b.expiresUs),
    get revision() {
      return revision;
    },
    snapshot: () => deskSnapshot(state),
    restore(snapshot) {
      const restored = deskFrom(snapshot);
      state = restored ?? state;
      return restored !== null;
    },
  };
}

/** What is known of an incident that became part of another one is known of that one. */
function inherit(state: DeskState, from: string, to: string): boolean {
  const known = state.known.get(from);
  const acknowledged = state.acknowledged.get(from);
  if (known === undefined) return false;
  const other = state.known.get(to);
  state.known.delete(from);
  const both = {
    level: higher(known.level, other?.level ?? 'informational'),
    success: known.success || other?.success === true,
    told: known.told || other?.told === true,
    digest: known.digest || other?.digest === true,
  };
  keep(state.known, to, both, LIMITS.known);
  if (acknowledged !== undefined && !state.acknowledged.has(to))
    keep(state.acknowledged, to, acknowledged, LIMITS.acknowledged);
  return true;
}
