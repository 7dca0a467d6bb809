import { expect, it } from 'vitest';
import { createLogger, redact } from './logger.ts';

function log(isTTY: boolean, level: 'info' | 'debug' = 'info') {
  const lines: string[] = [];
  const stream = { isTTY, write: (line: string) => lines.push(line) };
  return {
    lines,
    logger: createLogger({ app: 'demo', level, stream, nowMs: () => Date.UTC(2026, 0, 2, 3, 4, 5) }),
  };
}

it('writes an object a line where there is no terminal', () => {
  const { lines, logger } = log(false);
  logger.info({ address: '127.0.0.1:1' }, 'listening');
  logger.debug('unheard');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      level: 'info',
      time: '2026-01-02T03:04:05.000Z',
      app: 'demo',
      address: '127.0.0.1:1',
      msg: 'listening',
    },
  ]);
});

it('writes a line of text on a terminal, which a value cannot break', () => {
  const { lines, logger } = log(true);
  logger.warn({ path: 'a b', n: 3, evil: '\u001b[2J\nroot logged in' }, 'odd');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^03:04:05 WARN {2}odd {2}path="a b" {2}n=3 /);
  expect(lines[0]?.trimEnd()).not.toMatch(/[\u001b\n]/);
});

it('masks values whose keys sound like secrets, at any depth, in children too', () => {
  const { lines, logger } = log(false);
  logger
    .child({ token: 'hunter2' })
    .info({ a: { b: [{ Authorization: 'hunter2', password: 'hunter2', apiKey: 'hunter2' }] } });
  expect(lines.join('')).not.toContain('hunter2');
  expect(redact({ tokens_seen: 3, nested: { user: 'x' } })).toMatchObject({ nested: { user: 'x' } });
});

it('writes an error with its code and cause', () => {
  const { lines, logger } = log(false);
  logger.error(
    { err: Object.assign(new Error('no', { cause: new Error('why') }), { code: 'E1' }) },
    'failed',
  );
  expect(JSON.parse(lines[0]!).err).toMatchObject({ code: 'E1', message: 'no', cause: 'why' });
});

it('survives what is circular or deep', () => {
  const { lines, logger } = log(false);
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  logger.info({ circle }, 'round');
  expect(lines).toHaveLength(1);
});
