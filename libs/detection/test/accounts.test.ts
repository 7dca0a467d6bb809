import { describe, expect, it } from 'vitest';
import { createEngine, DEFAULT_SETTINGS } from '../src/index.ts';
import { detect, Lines, rulesOf, START_US } from './lines.ts';

const TAMPERING = [
  'history -c',
  'history -cw',
  'unset HISTFILE',
  'export HISTFILE=/dev/null',
  'HISTSIZE=0',
  'set +o history',
  'rm -f ~/.bash_history',
  'rm /home/pi/.zsh_history',
  'shred -u /root/.bash_history',
  'ln -sf /dev/null ~/.bash_history',
  'cat /dev/null > ~/.bash_history',
  '> ~/.bash_history',
  'truncate -s 0 "$HISTFILE"',
  'ls; history -c; exit',
  'history clear',
];

const HONEST = [
  'history',
  'history 20',
  'history | grep ssh',
  'cat ~/.bash_history',
  'grep docker ~/.bash_history >> notes.txt',
  'cp ~/.bash_history /backup/',
  'export HISTSIZE=10000',
  'HISTFILESIZE=20000',
  'export HISTFILE=~/.bash_history_work',
  'git log --oneline # history -less',
  'vim history.txt',
  'rm history.txt',
  'psql -c "drop table history"',
];

describe('history tampering', () => {
  it.each(TAMPERING)('reports %s', (command) => {
    expect(rulesOf(detect(new Lines().shell(command)))).toContain('history-tampering');
  });

  it.each(HONEST)('does not report %s', (command) => {
    expect(rulesOf(detect(new Lines().shell(command)))).not.toContain('history-tampering');
  });

  it('reports what the agent saw happen to a history file', () => {
    const lines = new Lines().add({
      'event.action': 'history_file',
      'event.reason': 'history-truncated',
      'user.name': 'pi',
    });
    expect(rulesOf(detect(lines))).toEqual(['history-tampering']);
  });

  it('judges a command of a mebibyte in time', () => {
    const began = process.hrtime.bigint();
    detect(new Lines().shell(`rm ${'a '.repeat(500_000)}hist`));
    expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(1_000);
  });
});

describe('sudo', () => {
  const refused = {
    'event.action': 'sudo_command',
    'event.outcome': 'failure',
    'source.user.name': 'pi',
  } as const;

  it('reports three refusals, and one for not being in sudoers', () => {
    expect(detect(new Lines().add(refused).add(refused))).toEqual([]);
    expect(rulesOf(detect(new Lines().add(refused).add(refused).add(refused)))).toEqual(['sudo-failures']);
    expect(rulesOf(detect(new Lines().add({ ...refused, 'event.reason': 'not_in_sudoers' })))).toEqual([
      'sudo-failures',
    ]);
  });
});

describe('accounts', () => {
  it('reports a new account, and one with user id 0 as critical', () => {
    expect(
      detect(new Lines().add({ 'event.action': 'user_added', 'user.name': 'x', 'user.id': 1001 }))[0],
    ).toMatchObject({
      rule: 'user-added',
      level: 'medium',
    });
    expect(
      detect(new Lines().add({ 'event.action': 'user_added', 'user.name': 'x', 'user.id': 0 }))[0]!.level,
    ).toBe('critical');
  });

  it('reports new members of groups that amount to root, not of others', () => {
    const added = { 'event.action': 'group_member_added', 'user.name': 'x' } as const;
    expect(rulesOf(detect(new Lines().add({ ...added, 'group.name': 'docker' })))).toEqual([
      'privileged-group-member',
    ]);
    expect(detect(new Lines().add({ ...added, 'group.name': 'audio' }))).toEqual([]);
  });
});

describe('keys', () => {
  const written = {
    'event.action': 'file_changed',
    'event.outcome': 'success',
    'user.name': 'jo',
    'file.path': '/home/anna/.ssh/authorized_keys',
  } as const;

  it('reports a written authorized_keys once for the several records of one edit', () => {
    const lines = new Lines().add(written).add(written).wait(1).add(written);
    expect(detect(lines).map((d) => [d.rule, d.level])).toEqual([['authorized-keys-changed', 'high']]);
    expect(detect(lines.wait(3600).add(written))).toHaveLength(2);
  });

  it.each(['/home/anna/.ssh/known_hosts', '/home/anna/authorized_keys.txt', '/etc/ssh/sshd_config'])(
    'does not report %s',
    (path) => {
      expect(detect(new Lines().add({ ...written, 'file.path': path }))).toEqual([]);
    },
  );
});

describe('a silent node', () => {
  it('is reported once per silence, by the clock of the aggregator', () => {
    const engine = createEngine(DEFAULT_SETTINGS);
    const found: string[] = [];
    const tick = (seconds: number) => engine.tick(START_US + seconds * 1e6, (d) => found.push(d.id));
    engine.seen('agent-1', 'node1', START_US);
    tick(0);
    tick(299);
    expect(found).toHaveLength(0);
    tick(301);
    tick(302);
    expect(found).toHaveLength(1);
    engine.seen('agent-1', 'node1', START_US + 400 * 1e6);
    tick(500);
    expect(found).toHaveLength(1);
    tick(800);
    expect(new Set(found).size).toBe(2);
  });

  it('is not reported because the aggregator itself was away', () => {
    const before = createEngine(DEFAULT_SETTINGS);
    before.seen('agent-1', 'node1', START_US);
    const after = createEngine(DEFAULT_SETTINGS);
    after.restore(JSON.parse(JSON.stringify(before.snapshot())));
    const found: string[] = [];
    const tick = (seconds: number) => after.tick(START_US + seconds * 1e6, (d) => found.push(d.id));
    tick(3600);
    tick(3600 + 299);
    expect(found).toEqual([]);
    tick(3600 + 301);
    expect(found).toHaveLength(1);
  });
});
