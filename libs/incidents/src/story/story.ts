import type { Evidence, Level, TimelineEntry } from '@suite/event';
import type { Stage } from '../stage.ts';

/** An incident while it can still grow. Plain data: it is snapshotted as JSON. Every list has a bound. */
export interface Story {
  readonly id: string;
  /** The first detection's time and id: what makes it older than another. */
  readonly order: string;
  version: number;
  firstUs: number;
  lastUs: number;
  /** When it last changed, by the clock that closes incidents. */
  touchedUs: number;
  closed: boolean;
  mergedInto: string;
  /** The highest of its detections. */
  level: Level;
  /** Title of the detection with the highest level. */
  title: string;
  stages: Stage[];
  /** Stages beyond a login, from detections of medium level or more. */
  inside: Stage[];
  entities: Record<string, string[]>;
  techniques: string[];
  rules: string[];
  detections: string[];
  detectionCount: number;
  timeline: Entry[];
  /** Entries left out between the first and the newest ones. */
  timelineGap: boolean;
  next: { rank: number; text: string }[];
  lines: Evidence[];
  /** Attempts by address (`a:`) and, where no address is told, by account (`t:`). */
  tries: Record<string, number>;
  moreTries: number;
  triesFirstUs: number;
  triesLastUs: number;
  /** What was attempted besides guessing passwords, by title. */
  attempts: Record<string, number>;
  logins: Login[];
  /** What was done after, in words, with the time: commands, listeners, accounts. */
  deeds: { timeUs: number; text: string; detectionId: string }[];
  moreDeeds: number;
  /** One account attacked from many addresses: further addresses on it belong here. */
  wave: boolean;
  /** Attempts, then a login. */
  breakIn: boolean;
  lastLoginUs: number;
  /** What it is found again by. */
  keys: string[];
}

export interface Entry extends TimelineEntry {
  /** Whose doing, where an address is told. */
  readonly address: string;
}

export interface Login {
  readonly user: string;
  readonly host: string;
  readonly address: string;
  readonly timeUs: number;
}

export const BOUNDS = {
  values: 20,
  detections: 100,
  timelineFirst: 25,
  timelineNewest: 25,
  next: 10,
  lines: 5,
  tries: 220,
  logins: 20,
  deeds: 12,
  keys: 300,
} as const;

export function newStory(id: string, order: string, timeUs: number): Story {
  return {
    id,
    order,
    version: 0,
    firstUs: timeUs,
    lastUs: timeUs,
    touchedUs: 0,
    closed: false,
    mergedInto: '',
    level: 'informational',
    title: '',
    stages: [],
    inside: [],
    entities: {},
    techniques: [],
    rules: [],
    detections: [],
    detectionCount: 0,
    timeline: [],
    timelineGap: false,
    next: [],
    lines: [],
    tries: {},
    moreTries: 0,
    triesFirstUs: 0,
    triesLastUs: 0,
    attempts: {},
    logins: [],
    deeds: [],
    moreDeeds: 0,
    wave: false,
    breakIn: false,
    lastLoginUs: 0,
    keys: [],
  };
}

/** Somebody logged in. */
export function isSuccess(story: Story): boolean {
  return story.logins.length > 0 || story.stages.includes('access');
}

/** Nothing but knocking so far. */
export function isAttemptOnly(story: Story): boolean {
  return (
    story.stages.length > 0 && story.stages.every((stage) => stage === 'attempt') && story.logins.length === 0
  );
}

export function remember(list: string[], value: string, most: number): boolean {
  if (value === '' || list.includes(value)) return true;
  if (list.length >= most) return false;
  list.push(value);
  return true;
}

export function addEntity(story: Story, name: string, value: string): void {
  if (value === '') return;
  let values = story.entities[name];
  if (values === undefined) {
    values = [];
    story.entities[name] = values;
  }
  remember(values, value, BOUNDS.values);
}

/** How many addresses take part; `exact` is false when there are more than are told apart. */
export function addressCount(story: Story): { readonly count: number; readonly exact: boolean } {
  const named = story.entities['source.address']?.length ?? 0;
  const tried = Object.keys(story.tries).filter((key) => key.startsWith('a:')).length;
  const count = Math.max(named, tried);
  return story.moreTries === 0
    ? { count, exact: true }
    : { count: Math.floor(count / 100) * 100, exact: false };
}
