import type { Event } from '@suite/event';
import { parseIsoUs } from '../civil-time.ts';
import { lineFormat } from '../line-format.ts';
import type { ParserOptions } from '../port.ts';
import { appliance, applianceOf } from './appliances.ts';
import { keyValues } from './key-values.ts';

/** `<189>date=2024-01-02 time=03:04:05 …`, `<134>id=firewall sn=… time="2024-01-02 03:04:05" …`: as they send it themselves. */
const BARE = /^(?:<\d{1,3}>)?(?=(?:date=\d{4}-|id=[\w-]{1,40} +sn=|device(?:_name|_serial_id)?="))/;

function parse(text: string, options: ParserOptions): Event | null {
  const head = BARE.exec(text.slice(0, 64));
  if (head === null || text.length > 8192) return null;
  const message = text.slice(head[0].length).trimEnd();
  const name = applianceOf(message);
  if (name === null) return null;
  const event: Event = { 'event.action': 'log_message', 'process.name': name, message };
  const fields = keyValues(message);
  const time = (fields.get('timestamp') ?? fields.get('time') ?? '').replace(/ UTC$/, 'Z');
  const timeUs = parseIsoUs(
    /^\d\d:\d\d:\d\d$/.test(time) ? `${fields.get('date') ?? ''} ${time}` : time,
    options.utcOffsetMinutes ?? 0,
  );
  if (timeUs !== undefined) event.timeUs = timeUs;
  appliance(message, event);
  return event;
}

export const applianceFormat = lineFormat({
  name: 'appliance',
  title: 'FortiGate, SonicWall and Sophos firewalls, as they send it themselves',
  claim: (text) => (parse(text, {}) === null ? 0 : 0.98),
  parse,
});
