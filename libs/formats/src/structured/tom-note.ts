import { lineFormat } from '../line-format.ts';
import { parseObject } from './json-object.ts';

const TAMPERING = new Set(['history-truncated', 'history-deleted', 'history-linked-to-null']);

/**
 * What the agent itself saw, as one JSON object a line. Never detected, only named by the agent: a log line must not be
 * able to speak in its place.
 */
export const tomNoteFormat = lineFormat({
  name: 'tom-note',
  title: 'what TOM itself noticed, e.g. an emptied shell history',
  claim: () => 0,
  parse: (text) => {
    const note = parseObject(text);
    if (note === null || typeof note.event !== 'string' || !TAMPERING.has(note.event)) return null;
    return {
      'event.category': 'file',
      'event.action': 'history_file',
      'event.reason': note.event,
      ...(typeof note.user === 'string' ? { 'user.name': note.user } : {}),
      ...(typeof note.path === 'string' ? { 'file.path': note.path } : {}),
      ...(typeof note.before_bytes === 'number' ? { 'file.size.before': note.before_bytes } : {}),
    };
  },
});
