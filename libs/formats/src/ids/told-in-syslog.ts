import type { Event } from '@suite/event';
import type { Fields } from '../structured/fields.ts';
import { flatten } from '../structured/flatten.ts';
import { parseObject } from '../structured/json-object.ts';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { idsAlert } from './alert.ts';
import { fastAlert } from './fast-alert.ts';
import { suricataEve } from './suricata-eve.ts';
import { FALCO_LEVELS, falco as falcoRecord } from './watchers.ts';

const LONGEST_CHARS = 65_536;

/** The fields of a message that is one JSON object; null for any other. */
function objectIn(message: string): Fields | null {
  if (message.charCodeAt(0) !== 123 || message.length > LONGEST_CHARS) return null;
  const object = parseObject(message);
  return object === null ? null : flatten(object).fields;
}

/** Suricata to syslog: EVE records or one-line alerts. */
const suricata: MessageParser = {
  name: 'suricata',
  programs: ['suricata', 'Suricata'],
  parse(message, event) {
    const fields = objectIn(message);
    return fields === null ? fastAlert(message, 'suricata', event) : suricataEve(fields, event);
  },
};

const snort: MessageParser = {
  name: 'snort',
  programs: ['snort', 'snort3', 'Snort'],
  parse: (message, event) => fastAlert(message, 'snort', event),
};

/** The rule's own words come first; what it says of the process stands behind ` (` or ` | `. */
const FALCO = /^\d\d:\d\d:\d\d\.\d{9}: (?<priority>[A-Z][a-z]{4,12}) (?<words>[^(|]{1,256}?)(?: ?[(|].*)?$/s;

/** Falco's `syslog_output`, as text or JSON. */
const falco: MessageParser = {
  name: 'falco',
  programs: ['falco', 'falco-modern-bpf', 'falco-kmod'],
  parse(message, event) {
    const fields = objectIn(message);
    if (fields !== null) return falcoRecord(fields, event);
    const m = FALCO.exec(message.slice(0, 4096))?.groups;
    const level = FALCO_LEVELS[(m?.priority ?? '').toLowerCase()];
    return level !== undefined && alarm(m?.words ?? '', level, event);
  },
};

function alarm(name: string, level: NonNullable<(typeof FALCO_LEVELS)[string]>, event: Event): true {
  idsAlert({ service: 'falco', name: name.trim(), level, verdict: 'detected' }, event);
  event['event.category'] = 'process';
  return true;
}

export const WATCHER_MESSAGES: readonly MessageParser[] = [suricata, snort, falco];
