import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileWords, TEMPLATES } from './fixtures/hostile.ts';
import { parseLine, parseOne } from './parse-one.ts';

describe('any line at all', () => {
  const programs = [
    'sshd',
    'sudo',
    'su',
    'login',
    'useradd',
    'CRON',
    'systemd',
    'systemd-logind',
    'kernel',
    'passwd',
    'dropbear',
    'audit',
    'EFW',
    'filterlog',
    'haproxy',
    'dovecot',
    'postfix/smtpd',
    'asterisk',
    'postgres',
    'other',
  ];

  it('is parsed without an exception', () => {
    fc.assert(
      fc.property(fc.constantFrom(...programs), hostileWords, (program, words) => {
        parseOne(`${program}[1]`, words);
        parseLine(words);
      }),
      { numRuns: 2000 },
    );
  });

  const million = 1 << 20;
  const repeat = (part: string) => part.repeat(Math.ceil(million / part.length));
  const monsters: readonly (readonly [string, string])[] = [
    ...TEMPLATES.map(
      (t) => ['sshd[1]', t.line(repeat('a from 6.6.6.6 port 1 ssh2: ').slice(0, million / 3))] as const,
    ),
    ...programs.flatMap((p) =>
      [' ', 'a', '(', ' : ', '; ', '[', ' from 1.2.3.4', ' COMMAND=', ' USER=x ;', "'", 'IN= OUT= SRC='].map(
        (part) => [`${p}[1]`, repeat(part)] as const,
      ),
    ),
    ['sudo', `pi : TTY=x ; ${repeat('USER=root ; ')}COMMAND=x`],
    ['login[1]', `FAILED LOGIN (1) on '/dev/tty1' FOR '${repeat("', x")}`],
    ['kernel', `[1.000000] UFW IN=eth0 OUT= ${repeat('SRC=1.2.3.4 ')}`],
    ['audit', `type=USER_AUTH msg=audit(1704164645.123:1): ${repeat(" msg='")}`],
    ['audit', `type=USER_AUTH msg=audit(1704164645.123:1): ${repeat('a="b"=')}`],
    ['audit', `type=EXECVE msg=audit(1704164645.123:1): ${repeat('a0[0]=41 ')}`],
    ['EFW', `CONN: prio=1 event=conn_open ${repeat('connsrcip=1.2.3.4 ')}`],
    ['sshd[1]', `pam_unix(sshd:account): expired password for user ${repeat(' (')}`],
  ];

  it.each(
    monsters
      .map(([tag, line]) => [tag, line.slice(0, million)] as const)
      .map(([tag, message]) => [`${tag}: ${message.slice(0, 60)}…`, tag, message] as const),
  )('of 1 MiB takes less than 50 ms: %s', (_, tag, message) => {
    parseOne(tag, message);
    expect(Math.min(...[0, 1, 2].map(() => cpuMs(() => parseOne(tag, message))))).toBeLessThan(50);
  });

  it.each([
    ['a host without an end', `Nov  2 10:20:30 ${'a'.repeat(million)}`],
    ['a tag without an end', `Nov  2 10:20:30 web1 ${'a'.repeat(million)}`],
    ['a pid without an end', `Nov  2 10:20:30 web1 sshd[${'1'.repeat(million)}`],
    ['structured data without an end', `<34>1 - h a p m ${'[a b="'.repeat(million / 6)}`],
    ['quotes without an end', `<34>1 - h a p m [a b="${'\\"'.repeat(million / 2)}`],
    ['nothing but NUL', '\0'.repeat(million)],
    ['nothing but digits', '1'.repeat(million)],
    ['a stamp and spaces', `2025-11-02T10:20:30Z${' '.repeat(million)}`],
  ])('of 1 MiB takes less than 50 ms: %s', (_, line) => {
    parseLine(line);
    expect(Math.min(...[0, 1, 2].map(() => cpuMs(() => parseLine(line))))).toBeLessThan(50);
  });
});

/** The thread's own time: what else runs on the machine is not the parser's. */
function cpuMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
