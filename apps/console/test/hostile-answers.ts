import type { ApiAlertEntry, ApiBan, ApiDetection, ApiIncident, ApiMute } from '@suite/api/contract';
import { STORY_NOW_US } from './story.ts';

/** Text that would run, colour, reorder or hide, and is far too long. */
export const HOSTILE_TEXT = `<img src=x onerror=alert(1)><script>alert(2)</script>\u202egnp.tset\u001b[31m\u200b\u0000"'${'x'.repeat(10_000)}`;

const iso = new Date(STORY_NOW_US / 1000).toISOString();
const now = { time: iso, timeUs: STORY_NOW_US };
/** The same text and yet another one, so that lists have no two that are equal. */
const text = (mark: string): string => `${mark} ${HOSTILE_TEXT}`;

const line = {
  id: text('line'),
  host: text('host'),
  file: text('file'),
  offset: 1,
  ...now,
  text: text('raw'),
};

const detection: ApiDetection = {
  id: text('detection'),
  version: 1,
  rule: text('rule'),
  title: text('title'),
  level: 'high',
  ...now,
  first: iso,
  firstUs: STORY_NOW_US,
  entities: { 'source.address': text('address'), [text('name')]: text('value') },
  techniques: [text('technique')],
  reason: text('reason'),
  evidence: [line],
  evidenceCount: 1,
};

/** Answers of an API that cleans nothing. */
export const HOSTILE_INCIDENT: ApiIncident & { detections: ApiDetection[] } = {
  id: 'hostile',
  version: 1,
  level: 'critical',
  title: text('title'),
  summary: text('summary'),
  first: iso,
  firstUs: STORY_NOW_US,
  last: iso,
  lastUs: STORY_NOW_US,
  open: true,
  success: true,
  entities: {
    'source.address': [text('address')],
    'user.name': [text('user')],
    'host.name': [text('node')],
    [text('name')]: [text('value')],
  },
  techniques: [text('technique'), 'T1110', 'T1110/../../evil'],
  rules: [text('rule')],
  detectionIds: [],
  detectionCount: 1,
  timeline: [{ ...now, level: 'high', text: text('entry'), rule: text('rule'), detectionId: 'd' }],
  next: [text('next')],
  lines: [line],
  acknowledged: { by: text('by'), note: text('note'), at: iso, atUs: STORY_NOW_US, level: 'critical' },
  detections: [detection],
};

export const HOSTILE_ALERT: ApiAlertEntry = {
  id: text('alert'),
  kind: 'incident',
  level: 'high',
  ...now,
  title: text('title'),
  text: `${text('first')}\n${text('second')}`,
  next: [text('next')],
  lines: [line],
  incidentId: text('incident'),
  outcome: 'hidden',
  why: text('why'),
};

export const HOSTILE_MUTE: ApiMute = {
  id: text('mute'),
  match: { rule: text('rule'), address: text('address'), user: text('user'), host: text('host') },
  reason: text('reason'),
  by: text('by'),
  created: iso,
  expires: iso,
  expiresUs: STORY_NOW_US,
  successes: true,
};

export const HOSTILE_BAN: ApiBan = {
  id: 1,
  value: text('value'),
  origin: 'nadir',
  rule: text('rule'),
  detection: text('detection'),
  reason: text('reason'),
  created: iso,
  until: iso,
  secondsLeft: 60,
};
