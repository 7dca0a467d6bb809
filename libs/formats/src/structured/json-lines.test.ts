import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../test/parse-all.ts';

const event = (object: unknown) =>
  eventsOf('json', [typeof object === 'string' ? object : JSON.stringify(object)])[0];
const TIME_US = 1_704_164_645_123_000;

describe('JSON lines', () => {
  it.each([
    { time: 1_704_164_645_123 },
    { ts: 1_704_164_645.123 },
    { ts: '1704164645.123' },
    { timestamp: 1_704_164_645_123_000 },
    { timestamp: '1704164645123000000' },
    { '@timestamp': '2024-01-02T03:04:05.123Z' },
    { time: '2024-01-02 04:04:05,123 +01:00' },
  ])('reads the time of %o', (object) => {
    expect(event(object)).toEqual({ 'event.action': 'log_message', timeUs: TIME_US });
  });

  it('keeps what is no time as it is', () => {
    for (const time of ['yesterday', -1, 5, 1e300, '2024-13-01T00:00:00Z', true]) {
      expect(event({ time })).toEqual({ 'event.action': 'log_message', 'json.time': time });
    }
  });

  it('reads level and message under their usual names', () => {
    expect(event({ level: 50, msg: 'a' })).toMatchObject({ 'log.syslog.severity.code': 3, message: 'a' });
    expect(event({ severity: 'WARNING', message: 'b' })).toMatchObject({
      'log.syslog.severity.code': 4,
      message: 'b',
    });
    expect(event({ log: { level: 'debug' }, msg: 'c' })).toMatchObject({ 'log.syslog.severity.code': 7 });
    expect(event({ level: 'constructor', msg: {} })).toEqual({
      'event.action': 'log_message',
      'json.level': 'constructor',
    });
  });

  it('flattens what is nested and keeps types', () => {
    expect(event({ a: { b: [1, true, 'x', null] }, 'c.d': 2 })).toEqual({
      'event.action': 'log_message',
      'json.a.b.0': 1,
      'json.a.b.1': true,
      'json.a.b.2': 'x',
      'json.c.d': 2,
    });
  });

  it('lets no foreign key pose as a field of the suite', () => {
    const hostile = {
      'event.action': 'ssh_login',
      event: { outcome: 'success', category: 'authentication' },
      user: { name: 'root' },
      source: { address: '1.2.3.4' },
      timeUs: 1,
      __proto__x: 1,
    };
    const made = event(hostile)!;
    expect(made['event.action']).toBe('log_message');
    for (const key of Object.keys(made)) expect(key).toMatch(/^(json\..*|event\.action)$/);
    expect(made['json.user.name']).toBe('root');
    const proto = event('{"__proto__":{"event.outcome":"success"},"constructor":1}')!;
    expect(proto['event.outcome']).toBeUndefined();
  });

  it('takes over ECS fields where the record declares ECS, never what it means', () => {
    const made = event({
      ecs: { version: '8.10' },
      event: { action: 'ssh_login', category: 'authentication' },
      source: { ip: '203.0.113.7', port: '22' },
      user: { name: 'ada' },
    });
    expect(made).toEqual({
      'event.action': 'log_message',
      'source.address': '203.0.113.7',
      'user.name': 'ada',
      'json.ecs.version': '8.10',
      'json.event.action': 'ssh_login',
      'json.event.category': 'authentication',
      'json.source.port': '22',
    });
  });

  it('bounds depth and number of fields, and says so', () => {
    const wide = event(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i])))!;
    expect(Object.keys(wide)).toHaveLength(258);
    expect(wide['json.cut']).toBe(true);
    const deep = event(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`);
    expect(deep).toEqual({ 'event.action': 'log_message', 'json.cut': true });
    expect(event(`${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}`)).toBeNull();
  });

  it('makes no event of anything but one object', () => {
    for (const line of ['[]', '1', '"x"', 'null', '{', '{}{}', '{"a":1},', ''])
      expect(event(line)).toBeNull();
  });

  it('reads any object without losing a scalar, under its dotted name', () => {
    const key = fc.stringMatching(/^k[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.dictionary(key, fc.oneof(fc.string(), fc.integer(), fc.boolean())), (object) => {
        const expected = Object.entries(object).map(([name, value]) => [`json.${name}`, value]);
        expect(event(object)).toEqual({ 'event.action': 'log_message', ...Object.fromEntries(expected) });
      }),
    );
  });
});
