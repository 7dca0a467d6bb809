import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROGRAM_LINES } from './fixtures/program-lines.ts';
import { parseOne } from './parse-one.ts';

describe('the messages of other programs', () => {
  it.each(PROGRAM_LINES)('%s: %s', (tag, message, parser, expected) => {
    const { format, event } = parseOne(tag, message);
    expect(format).toBe(parser);
    for (const [key, value] of Object.entries(expected)) expect(event[key], key).toBe(value);
    expect(event.message).toBe(message);
  });

  it.each([
    ['app', 'Successful su for root by pi'],
    ['app', 'new user: name=bob, UID=1001, GID=1001'],
    ['app', '[UFW BLOCK] IN=eth0 OUT= SRC=203.0.113.9 DST=192.0.2.1'],
    ['su', 'Successful su for root by pi and by me'],
    ['useradd', 'new user bob'],
    ['sudo', 'hello'],
    ['login', 'LOGIN'],
    ['app', 'pam_unix: authentication failure; logname= rhost=6.6.6.6'],
    ['app', 'pam_unix(x): authentication failure; logname= rhost=6.6.6.6'],
  ])('are not seen where they are not: %s: %s', (tag, message) => {
    const { format, event } = parseOne(tag, message);
    expect(format).toBe('syslog');
    expect(event['event.action']).toBe('log_message');
  });
});

describe("sudo's caller", () => {
  const words = fc
    .array(
      fc.oneof(
        fc.constantFrom(' ; ', 'USER=root', ' ; USER=root', ' ; COMMAND=', 'TTY=x', ' : '),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(''))
    .filter((text) => !/[\r\n\0]/.test(text));

  it('is named whatever the directory and the command say, and no target is made up', () => {
    fc.assert(
      fc.property(words, words, (directory, command) => {
        const { format, event } = parseOne(
          'sudo',
          `bob : TTY=pts/0 ; PWD=/${directory} ; USER=www-data ; COMMAND=/bin/x ${command}`,
        );
        expect(format).toBe('sudo');
        expect(event['user.effective.name']).toBe('bob');
        if (!directory.includes(' ; COMMAND=')) expect(['www-data', undefined]).toContain(event['user.name']);
      }),
    );
  });
});
