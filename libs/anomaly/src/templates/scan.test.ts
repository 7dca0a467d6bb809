import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TemplateMiner } from './miner.ts';

const textOf = (message: string) => new TemplateMiner().mine(message).text;

describe('values by type', () => {
  it.each([
    ['from 192.0.2.1:22 to 2001:db8::1', 'from <ip> to <ip>'],
    ['peer fe80::1%eth0 said fe80::1', 'peer <ip> said <ip>'],
    ['station 5c:50:15:4c:18:13 left', 'station <ip> left'],
    ['resolved www.example.com in 12ms', 'resolved <host> in <num>'],
    ['read /var/lib/x y: done', 'read <path> y: done'],
    ['open C:\\Windows\\x.dll failed', 'open <path> failed'],
    ['fetch https://example.com/a?b=c&d=1 ok', 'fetch <url> ok'],
    ['mail for anna@example.com queued', 'mail for <email> queued'],
    ['at 0x7fed806eb5d and 003a90fc', 'at <hex> and <hex>'],
    ['id 43204226-4e31-4d59-b0ab-9f4a4ce5b1e0 gone', 'id <id> gone'],
    ['used 93% of 4 GB and 1,021 files', 'used <num> of <num> and <num> files'],
    ['key RSA SHA256:K9xjv9O1lYdQb6Yw2fFJr1oQkqvB7s8T0uVwXyZa1bc', 'key RSA SHA256:<id>'],
    ['since 2026-01-02T03:04:05.678Z', 'since <time>'],
    ['at Fri Jun 17 07:07:00', 'at <time> <time> <num>'],
    ['got "a1 b2" from it', 'got "<str>" from it'],
    ['eth0 and ssh2 stay', 'eth0 and ssh2 stay'],
    ["can't open the user's file", "can't open the user's file"],
  ])('%s', (message, template) => {
    expect(textOf(message)).toBe(template);
  });
});

describe('what a stranger chooses', () => {
  it('makes no templates where a user name stands', () => {
    const miner = new TemplateMiner();
    const names = [
      'root',
      ' ',
      'a b c',
      'x from 1.2.3.4 port 22 ssh2',
      '0',
      '"; drop',
      'Accepted password for root',
      'ä ö',
      '[preauth]',
      'user=root',
    ];
    const ids = new Set(
      names.map(
        (name) => miner.mine(`Failed password for invalid user ${name} from 192.0.2.1 port 4711 ssh2`).id,
      ),
    );
    expect(ids.size).toBe(1);
    const invalid = new Set(
      names.map((name) => miner.mine(`Invalid user ${name} from 192.0.2.1 port 4711`).id),
    );
    expect(invalid.size).toBe(1);
  });
});

describe('any text', () => {
  const part = fc.constantFrom(
    '"',
    "'",
    '<',
    '=',
    ':',
    '://',
    '/',
    '\\',
    '0x',
    '1',
    'a',
    ' ',
    ', ',
    '.',
    '@',
    'user ',
    'for ',
    ' from ',
    'Invalid user ',
    '\u0000',
    'ü',
    '😀',
  );
  const text = fc
    .array(fc.oneof(part, fc.string({ maxLength: 6 })), { maxLength: 40 })
    .map((parts) => parts.join(''));

  it('has a template, the same each time', () => {
    const miner = new TemplateMiner();
    fc.assert(
      fc.property(text, (message) => {
        const first = miner.mine(message);
        expect(first.id).toMatch(/^[0-9a-f]{12}$/);
        expect(miner.current(miner.mine(message))).toBe(miner.current(first));
      }),
      { numRuns: 2_000 },
    );
  });

  it('may be very long', () => {
    const miner = new TemplateMiner();
    for (const piece of ['a', '1', '"', "'a", ':', '/', '1:', 'a=', '[', ' x', ',1', 'user '])
      expect(miner.mine(piece.repeat(200_000)).text.length).toBeLessThan(1_000);
  });
});
