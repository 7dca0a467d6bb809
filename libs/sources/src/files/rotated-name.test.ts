import { expect, test } from 'vitest';
import { isNewer, rotatedName } from './rotated-name.ts';

test.each([
  ['app.log', 'app.log.1', 'number'],
  ['app.log', 'app.log.12.gz', 'number'],
  ['app.log', 'app.log-20261121', 'date'],
  ['app.log', 'app.log-20261121-1795222000.gz', 'date'],
  ['app.log', 'app-2026-11-21.log', 'date'],
  ['app.log', 'app.1.log', 'number'],
  ['app.log', 'app.log.old', 'old'],
  ['syslog', 'syslog.1', 'number'],
  ['app.log', 'app.log', null],
  ['app.log', 'application.log', null],
  ['app.log', 'app.log.gz', null],
  ['app.log', 'app.log.swp', null],
  ['app.log', 'app-error.log', null],
  ['worker.log', 'worker-1.log', null],
])('of %s, %s is %s', (base, name, kind) => {
  expect(rotatedName(base, name)?.kind ?? null).toBe(kind);
});

test('the smaller number and the later date are newer; different kinds do not compare', () => {
  const of = (name: string) => rotatedName('a.log', name)!;
  expect(isNewer(of('a.log.2'), of('a.log.10.gz'))).toBe(true);
  expect(isNewer(of('a.log-20261121'), of('a.log-20261120.gz'))).toBe(true);
  expect(isNewer(of('a.log.1'), of('a.log-20261120'))).toBe(false);
});
