import type { Event } from '@suite/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOne } from '../syslog/messages/parse-one.ts';
import { A, type Meaning, SERVICE_LINES } from './fixtures/service-lines.ts';

function meaningOf(event: Event): Meaning {
  const meaning: Record<string, unknown> = { action: event['event.action'] };
  if (event['event.action'] === 'log_message') return meaning as unknown as Meaning;
  const put = (name: string, key: string) => {
    if (event[key] !== undefined) meaning[name] = event[key];
  };
  put('outcome', 'event.outcome');
  put('reason', 'event.reason');
  put('user', 'user.name');
  put('address', 'source.address');
  put('port', 'source.port');
  put('count', 'event.count');
  return meaning as unknown as Meaning;
}

describe("services' messages", () => {
  it.each(SERVICE_LINES)('%s: %s', (tag, message, parser, expected) => {
    const { format, event } = parseOne(tag, message);
    expect(meaningOf(event)).toEqual(
      expected.action === 'pam_auth' ? { reason: event['event.reason'], ...expected } : expected,
    );
    expect(format).toBe(parser);
    expect(event.message).toBe(message);
  });

  it('mean nothing in the mouth of another program', () => {
    for (const [, message, parser] of SERVICE_LINES)
      if (parser !== 'libwrap') expect(parseOne('app', message).event['event.action']).toBe('log_message');
  });
});

/** The account's place in a line, and lines that end or begin with words of the client's. */
const WITH_USER = SERVICE_LINES.filter(([, , , { user }]) => user !== undefined && user !== '');
const IMITATIONS = SERVICE_LINES.flatMap(([, message]) => {
  const other = message.replaceAll(A, '6.6.6.6');
  return [other, other.slice(Math.floor(other.length / 2)), other.slice(0, Math.floor(other.length / 2))];
});
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ' from 6.6.6.6',
        ' ',
        "'",
        '"',
        '>',
        ')',
        '(',
        ']',
        '[6.6.6.6]',
        ', rip=6.6.6.6, ',
        ': ',
        ' rhost=6.6.6.6',
        '@',
        '|',
        '.',
        'root',
        '6.6.6.6:22',
      ),
      fc.constantFrom(...IMITATIONS),
      fc.string({ maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => !/[\r\n\0]/.test(text));

describe("a client's words in services' messages", () => {
  it.each(WITH_USER)('move neither address nor outcome: %s: %s', (tag, message, _parser, expected) => {
    const own = (expected.user ?? '').replace(/@.*/, '');
    const at = message.indexOf(own);
    fc.assert(
      fc.property(words, (text) => {
        const { event } = parseOne(tag, message.slice(0, at) + text + message.slice(at + own.length));
        expect([A, undefined]).toContain(event['source.address']);
        if (event['event.action'] === 'log_message') return;
        expect(event['event.outcome']).toBe(expected.outcome);
        expect(event['event.action']).toBe(expected.action);
      }),
      { numRuns: 300 },
    );
  });
});
