import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expandStoreUrl } from './store-url.ts';

it.each([
  ['influx://db/nadir', { url: 'http://db:8086', database: 'nadir' }],
  ['influx://db:80/nadir', { url: 'http://db', database: 'nadir' }],
  ['influxs://db', { url: 'https://db:8086' }],
  ['influxs://db:443', { url: 'https://db' }],
  [
    'influx://[::1]:9/a?org=home&version=2',
    { url: 'http://[::1]:9', version: 2, database: 'a', org: 'home' },
  ],
  ['influx://me@db/?db=logs', { url: 'http://db:8086', version: 1, database: 'logs', username: 'me' }],
  ['influx://db/?bucket=b&version=7', { url: 'http://db:8086', version: 7, database: 'b' }],
])('reads %s', (text, influx) => {
  expect(expandStoreUrl(text)).toEqual({ value: { kind: 'influx', influx } });
});

it.each([
  ['sqlite:', { kind: 'sqlite' }],
  ['sqlite:data/n.db', { kind: 'sqlite', sqlite: { path: 'data/n.db' } }],
  ['sqlite:/var/n.db', { kind: 'sqlite', sqlite: { path: '/var/n.db' } }],
  ['sqlite:///var/n.db', { kind: 'sqlite', sqlite: { path: '/var/n.db' } }],
  ['sqlite', { kind: 'sqlite' }],
])('reads %s', (text, value) => {
  expect(expandStoreUrl(text)).toEqual({ value });
});

it.each([
  'influx://u:hunter2@db/x',
  'influx://db/x?token=hunter2',
  'influx://db/x?p=hunter2',
  'influx://:hunter2@db',
])('refuses the secret in %s without repeating it', (text) => {
  const result = expandStoreUrl(text);
  expect(result).toHaveProperty('problem');
  expect(JSON.stringify(result)).not.toContain('hunter2');
});

it.each([
  '',
  'postgres://x',
  'influx:',
  'influx://',
  'http://db:8086',
  'influx://db/%zz',
  'influx://db/x?color=1',
])('refuses %j', (text) => expect(expandStoreUrl(text)).toHaveProperty('problem'));

it('never throws', () => {
  const tail = fc.string();
  fc.assert(
    fc.property(
      fc.constantFrom('', 'influx://', 'influxs://', 'sqlite:', 'influx://db/'),
      tail,
      (head, text) => {
        expect(expandStoreUrl(head + text)).toBeTypeOf('object');
      },
    ),
  );
});
