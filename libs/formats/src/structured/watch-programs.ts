import type { Event } from '@suite/event';
import { modsecurityAudit } from '../ids/modsecurity.ts';
import { suricataEve } from '../ids/suricata-eve.ts';
import { WATCHERS } from '../ids/watchers.ts';
import { zeekRecord } from '../ids/zeek-record.ts';
import { refusal } from './decided.ts';
import { type Fields, type Program, textOf } from './fields.ts';

const DECISION =
  /^\([\w.@-]{1,128}(?:\/[\w.@-]{1,64})?\) [\w./ -]{1,160} by ip (?<by>[0-9A-Fa-f:.]{2,64}) \([^()]{0,32}\) : \d\w{0,31} ban on Ip (?<addr>[0-9A-Fa-f:.]{2,64})$/i;

/** CrowdSec's own log (logrus; pkg/apiserver/controllers/v1/alerts.go): the decision to ban. */
function crowdsec(fields: Fields, event: Event): boolean {
  if (!fields.has('level') || !fields.has('time')) return false;
  const m = DECISION.exec(textOf(fields, 'msg').slice(0, 512))?.groups;
  return m !== undefined && m.by === m.addr && refusal(event, 'crowdsec', 'banned', m.addr ?? '');
}

/** Watchers that write JSON or logfmt. */
export const WATCH_PROGRAMS: readonly Program[] = [
  suricataEve,
  zeekRecord,
  modsecurityAudit,
  ...WATCHERS,
  crowdsec,
];
