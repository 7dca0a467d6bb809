import type { Event } from '@suite/event';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { writeEnds } from './alert.ts';

const START = '<Event><System><Provider Name="Linux-Sysmon"';
const LONGEST_CHARS = 65_536;

/**
 * Sysmon for Linux: one XML element a line. What a program is called with is not always escaped, so a value goes on
 * until the next element of the event's own, and a name that stands twice counts for nothing.
 */
export const sysmon: MessageParser = {
  name: 'sysmon',
  programs: ['sysmon', 'Sysmon'],
  parse(message, event) {
    if (!message.startsWith(START) || message.length > LONGEST_CHARS) return false;
    const id = /<EventID>(\d{1,5})<\/EventID>/.exec(message.slice(0, 400))?.[1];
    const data = dataOf(message);
    if (id === '1') return started(data, event);
    if (id === '3') return connected(data, event);
    if (id === '11') return changed(data, 'created', event);
    return id === '23' && changed(data, 'deleted', event);
  },
};

type Data = ReadonlyMap<string, string>;

function dataOf(message: string): Data {
  const data = new Map<string, string>();
  const twice = new Set<string>();
  const parts = message.split('<Data Name="', 65).slice(1);
  for (const part of parts) {
    const m = /^(\w{1,40})">(.*?)<\/Data>(?:<\/EventData><\/Event>)?\s*$/s.exec(part);
    const name = m?.[1] ?? /^\w{1,40}/.exec(part)?.[0] ?? '';
    if (data.has(name) || m === null) twice.add(name);
    else if (m[2] !== '-') data.set(name, plain(m[2] ?? ''));
  }
  for (const name of twice) data.delete(name);
  return data;
}

function started(data: Data, event: Event): boolean {
  const image = data.get('Image') ?? '';
  if (!image.startsWith('/')) return false;
  event['event.category'] = 'process';
  event['event.action'] = 'process_started';
  event['process.executable'] = image;
  event['process.name'] = image.slice(image.lastIndexOf('/') + 1);
  put(event, 'process.command_line', data.get('CommandLine'));
  put(event, 'process.working_directory', data.get('CurrentDirectory'));
  put(event, 'process.parent.executable', data.get('ParentImage'));
  put(event, 'user.name', data.get('User'));
  number(event, 'process.pid', data.get('ProcessId'));
  number(event, 'process.parent.pid', data.get('ParentProcessId'));
  return true;
}

function connected(data: Data, event: Event): boolean {
  const initiated = data.get('Initiated');
  if (data.get('Protocol') !== 'tcp' || (initiated !== 'true' && initiated !== 'false')) return false;
  event['event.category'] = 'network';
  event['event.action'] = 'connection_opened';
  event['network.direction'] = initiated === 'true' ? 'outbound' : 'inbound';
  writeEnds(
    {
      source: data.get('SourceIp'),
      sourcePort: data.get('SourcePort'),
      destination: data.get('DestinationIp'),
      destinationPort: data.get('DestinationPort'),
      transport: 'tcp',
    },
    event,
  );
  put(event, 'process.executable', data.get('Image'));
  put(event, 'user.name', data.get('User'));
  number(event, 'process.pid', data.get('ProcessId'));
  return true;
}

function changed(data: Data, reason: string, event: Event): boolean {
  const path = data.get('TargetFilename') ?? '';
  if (!path.startsWith('/')) return false;
  event['event.category'] = 'file';
  event['event.action'] = 'file_changed';
  event['event.reason'] = reason;
  event['file.path'] = path;
  put(event, 'process.executable', data.get('Image'));
  put(event, 'user.name', data.get('User'));
  return true;
}

function put(event: Event, key: string, value: string | undefined): void {
  if (value !== undefined && value !== '') event[key] = value;
}

function number(event: Event, key: string, value: string | undefined): void {
  if (value !== undefined && /^\d{1,10}$/.test(value)) event[key] = Number(value);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
}
