import type { Event } from '@suite/event';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { ALONE, auditEvent } from './audit-event.ts';
import { readBareRecord, readRecord } from './record.ts';

/**
 * Records by way of syslog (audisp-syslog, audispd) and the journal, where each stands alone: no record knows of the
 * others of its event. Program, pid and time are the frame's where the record has none.
 */
export const audit: MessageParser = {
  name: 'audit',
  programs: ['audit', 'auditd', 'audispd', 'audisp', 'audisp-syslog'],
  parse: (message, event) => auditMessage(message, event),
};

export function auditMessage(message: string, event: Event): boolean {
  const record = readRecord(message) ?? readBareRecord(message);
  if (record === null) return false;
  const { timeUs, 'host.name': host } = event;
  Object.assign(event, auditEvent(record, ALONE));
  // The frame's clock and host are nearer to the reader than the record's.
  if (timeUs !== undefined) event.timeUs = timeUs;
  if (host !== undefined) event['host.name'] = host;
  return true;
}
