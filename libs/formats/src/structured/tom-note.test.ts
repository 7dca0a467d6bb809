import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStreamParser } from '../index.ts';

function parse(text: string) {
  let event: unknown;
  createStreamParser({ path: '/proc/net', nearUs: 0, format: 'tom-note' }).push(
    text,
    0,
    (_ref, _text, _format, parsed) => {
      event = parsed;
    },
  );
  return event;
}

describe('tom-note', () => {
  it('reads a listener with its process', () => {
    const note = {
      event: 'listener_opened',
      time_us: 1_763_696_000_000_000,
      'event.reason': 'at_start',
      'network.transport': 'tcp',
      'server.address': '0.0.0.0',
      'server.port': 4444,
      'user.id': 0,
      'process.name': 'nc',
      'process.deleted': true,
    };
    const { event, time_us, ...fields } = note;
    expect(parse(JSON.stringify(note))).toEqual({
      'event.category': 'network',
      'event.action': event,
      timeUs: time_us,
      ...fields,
    });
  });

  it('joins a list into one text', () => {
    const note = { event: 'container_created', 'container.risk': ['privileged', 'mount:/:rw', 7] };
    expect(parse(JSON.stringify(note))).toMatchObject({ 'container.risk': 'privileged, mount:/:rw' });
  });

  it('keeps reading what it read before: a history that was emptied', () => {
    const note = { event: 'history-truncated', user: 'pi', path: '/home/pi/.bash_history', before_bytes: 9 };
    expect(parse(JSON.stringify(note))).toEqual({
      'event.category': 'file',
      'event.action': 'history_file',
      'event.reason': 'history-truncated',
      'user.name': 'pi',
      'file.path': '/home/pi/.bash_history',
      'file.size.before': 9,
    });
  });

  it('leaves out fields that a note may not set, and values of another type', () => {
    const note = {
      event: 'connection_opened',
      'event.action': 'ssh_login',
      timeUs: 1,
      'host.name': 'other',
      'source.port': '22',
      'user.name': 7,
    };
    expect(parse(JSON.stringify(note))).toEqual({
      'event.category': 'network',
      'event.action': 'connection_opened',
    });
  });

  it.each(['', 'x', '[]', '{}', '{"event":"ssh_login"}', '{"event":7}', '{"event":"__proto__"}'])(
    'makes no event of %s',
    (text) => expect(parse(text)).toBeNull(),
  );

  it('holds with anything as a field', () => {
    const fields = fc.dictionary(
      fc.constantFrom('server.port', 'container.risk', 'user.name', '__proto__'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fields, (note) => {
        const event = parse(JSON.stringify({ ...note, event: 'listener_opened' })) as Record<string, unknown>;
        expect(event['event.action']).toBe('listener_opened');
        for (const value of Object.values(event)) expect(typeof value).toMatch(/string|number|boolean/);
      }),
    );
  });
});
