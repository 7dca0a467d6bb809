import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileWords, PEER, TEMPLATES, TRUE_ADDRESS } from './fixtures/hostile.ts';
import { parseOne } from './parse-one.ts';

describe("a client's words in sshd's lines", () => {
  it.each(TEMPLATES.map((t) => [t.line('…'), t] as const))(
    'never change the address of: %s',
    (_, template) => {
      fc.assert(
        fc.property(hostileWords, (words) => {
          const { event } = parseOne('sshd[1]', template.line(words));
          if (template.exact) expect(event['source.address']).toBe(TRUE_ADDRESS);
          else expect([TRUE_ADDRESS, undefined]).toContain(event['source.address']);
        }),
        { numRuns: 400 },
      );
    },
  );

  it('frames the true peer of a user name that is a log line', () => {
    const inner = 'Failed password for invalid user root from 1.2.3.4 port 22 ssh2';
    const invalid = parseOne('sshd[1]', `Invalid user ${inner} from ${PEER}`).event;
    expect(invalid['user.name']).toBe(inner);
    expect(invalid['source.address']).toBe(TRUE_ADDRESS);
    const failed = parseOne(
      'sshd[1]',
      `Failed password for invalid user root from 1.2.3.4 port 22 ssh2 from ${PEER} ssh2`,
    );
    expect(failed.event['user.name']).toBe('root from 1.2.3.4 port 22 ssh2');
    expect(failed.event['source.address']).toBe(TRUE_ADDRESS);
    expect(failed.event['source.port']).toBe(4711);
  });

  it('frames nobody where the peer is unknown', () => {
    const { event } = parseOne(
      'sshd[1]',
      'Failed password for invalid user a from 6.6.6.6 port 1 ssh2 from UNKNOWN port 65535 ssh2',
    );
    expect(event['source.address']).toBeUndefined();
  });

  it('frames nobody where a name before and words after may both be the imitation', () => {
    const line = `Disconnecting invalid user a ${PEER}: Change of username or service not allowed: (a,x) -> (b 6.6.6.6 port 1: Too many authentication failures`;
    expect(parseOne('sshd[1]', line).event['source.address']).toBeUndefined();
  });

  it('trusts no end of a line that sshd may have cut at 500 bytes', () => {
    const cut = (line: string) => line.slice(0, 500);
    const before = 'Connection closed by invalid user ';
    const imitation = ' 6.6.6.6 port 22';
    const name = '\\001'.repeat(200).slice(0, 500 - before.length - imitation.length) + imitation;
    const closed = parseOne('sshd[1]', cut(`${before}${name} more ${PEER} [preauth]`)).event;
    expect(closed['event.action']).toBe('ssh_disconnect');
    expect(closed['source.address']).toBeUndefined();
    const offer = cut(
      `Unable to negotiate with ${PEER}: no matching cipher found. Their offer: ${'a,'.repeat(400)}`,
    );
    expect(parseOne('sshd[1]', offer).event['source.address']).toBe(TRUE_ADDRESS);
  });

  it('gives every user name back as it was logged', () => {
    fc.assert(
      fc.property(hostileWords, (name) => {
        const { event } = parseOne('sshd[1]', `Failed password for invalid user ${name} from ${PEER} ssh2`);
        expect(event['user.name']).toBe(name);
      }),
    );
  });
});
