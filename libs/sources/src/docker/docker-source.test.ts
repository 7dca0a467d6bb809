import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEngine, type FakeEvent, inspected } from '../../test/docker/fake-engine.ts';
import { RecordingSink } from '../../test/recording-sink.ts';
import type { Source } from '../port.ts';
import { createDockerSource, type DockerSourceOptions } from './docker-source.ts';

const START_US = 1_768_000_000_000_000;
const WEB = '8e4e247eaed9a99a61ab319307ec7faa717bc7e5c7c7e25f28a50818e12f561c';
const DB = '14714fb972396b2d97ce4cc667b465ca515154ecca7a3b69a4672517b96b9904';
const EXEC = '41707ede6dda77b64c181a9ef4c92bb2cafea9755d5407c22c7ff1771f36039a';

let dir: string;
let engine: FakeEngine;
let sink: RecordingSink;
let source: Source | null = null;
let nowUs: number;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'docker-'));
  engine = new FakeEngine(join(dir, 'docker.sock'));
  sink = new RecordingSink();
  nowUs = START_US;
  await engine.start();
});

afterEach(async () => {
  await source?.stop();
  source = null;
  await engine.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function follow(options: Partial<DockerSourceOptions> = {}): Promise<void> {
  source = createDockerSource({
    name: 'docker',
    socketPath: engine.socketPath,
    retryDelayMs: 5,
    clock: () => nowUs,
    randomId: () => 'stream',
    ...options,
  });
  await source.start(sink);
}

const live = () => eventually(() => expect(engine.followers).toBe(1));

async function followLive(options: Partial<DockerSourceOptions> = {}): Promise<void> {
  await follow(options);
  await live();
}

async function restart(): Promise<void> {
  await source?.stop();
  sink = sink.restart();
  await followLive();
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 });
const notes = () => sink.texts().map((text) => JSON.parse(text) as Record<string, unknown>);
const kinds = () => notes().map((note) => `${note.event} ${note['container.name'] ?? note['event.reason']}`);

/** An event a second after the one before. */
function event(type: string, action: string, id: string, attributes: Record<string, string> = {}): FakeEvent {
  nowUs += 1_000_000;
  return {
    Type: type,
    Action: action,
    Actor: { ID: id, Attributes: attributes },
    scope: 'local',
    time: Math.floor(nowUs / 1e6),
    timeNano: nowUs * 1_000,
  };
}
const tell = (...args: Parameters<typeof event>) => engine.tell(event(...args));

describe('containers', () => {
  test('are told of with what they may do, and without what they hold', async () => {
    await followLive();
    engine.objects.set(
      `/containers/${WEB}/json`,
      inspected(WEB, 'web', {
        HostConfig: {
          Privileged: true,
          PidMode: 'host',
          CapAdd: ['CAP_SYS_ADMIN', 'CHOWN'],
          SecurityOpt: ['seccomp=unconfined'],
        },
        Mounts: [
          { Type: 'bind', Source: '/etc', Destination: '/host/etc', RW: false },
          { Type: 'bind', Source: '/var/run/docker.sock', Destination: '/var/run/docker.sock', RW: true },
        ],
        Config: { Labels: { 'com.docker.swarm.service.name': 'shop_web' } },
      }),
    );
    tell('container', 'create', WEB, { image: 'bb:1', name: 'web' });
    await eventually(() => expect(notes()).toHaveLength(1));
    expect(notes()[0]).toEqual({
      event: 'container_created',
      time_us: START_US + 1_000_000,
      'container.id': WEB,
      'container.name': 'web',
      'container.image.name': 'bb:1',
      'service.name': 'shop_web',
      'container.risk': [
        'privileged',
        'host-pid',
        'mount:/etc:ro',
        'docker-socket',
        'cap:SYS_ADMIN',
        'seccomp:unconfined',
      ],
    });
    expect(sink.texts().join()).not.toContain('hunter2');
    expect(engine.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  });

  test('end with their exit code', async () => {
    await followLive();
    tell('container', 'start', WEB, { image: 'bb:1', name: 'web' });
    tell('container', 'kill', WEB, { image: 'bb:1', name: 'web', signal: '9' });
    tell('container', 'die', WEB, { image: 'bb:1', name: 'web', exitCode: '137' });
    await eventually(() => expect(kinds()).toEqual(['container_started web', 'container_stopped web']));
    expect(notes()[1]).toMatchObject({ 'container.exit_code': 137 });
  });

  test('that run when it starts for the first time are told of as such', async () => {
    engine.objects.set('/containers/json', [{ Id: WEB, Names: ['/web'], State: 'running' }]);
    engine.objects.set(`/containers/${WEB}/json`, inspected(WEB, 'web'));
    tell('container', 'create', DB, { name: 'before' });
    nowUs += 1_000_000;
    await followLive();
    expect(notes()).toMatchObject([
      { event: 'container_started', 'event.reason': 'at_start', 'container.name': 'web' },
    ]);
    expect(notes()[0]).not.toHaveProperty('container.risk');
  });

  test('have commands run in them; health checks are none of them', async () => {
    engine.objects.set(
      `/containers/${WEB}/json`,
      inspected(WEB, 'web', { Config: { Healthcheck: { Test: ['CMD-SHELL', 'curl -f localhost'] } } }),
    );
    engine.objects.set(`/exec/${EXEC}/json`, {
      ProcessConfig: { tty: true, user: 'root', privileged: true },
    });
    await followLive();
    for (const command of ['/bin/sh -c curl -f localhost', '/bin/bash']) {
      for (const action of ['exec_create', 'exec_start'])
        tell('container', `${action}: ${command}`, WEB, { execID: EXEC, name: 'web' });
      tell('container', 'exec_die', WEB, { execID: EXEC, name: 'web', exitCode: '0' });
    }
    await eventually(() => expect(notes()).toHaveLength(1));
    expect(notes()[0]).toMatchObject({
      event: 'container_exec',
      'process.command_line': '/bin/bash',
      'container.exec.tty': true,
      'user.name': 'root',
      'container.risk': ['privileged'],
    });
  });

  test('may be gone before they are looked at', async () => {
    await followLive();
    tell('container', 'create', WEB, { image: 'bb:1', name: 'web' });
    tell('container', 'exec_start: sh', WEB, { execID: EXEC, name: 'web' });
    await eventually(() => expect(kinds()).toEqual(['container_created web', 'container_exec web']));
  });
});

describe('other objects', () => {
  test('are told of by what was done: images, secrets, health, memory', async () => {
    await followLive();
    tell('image', 'pull', 'alpine:3.20', { name: 'alpine' });
    tell('secret', 'create', 'rb5coxu7hlikk15x24mmn6ouy', { name: 's1' });
    tell('network', 'connect', 'x', { container: WEB });
    tell('container', 'oom', WEB, { name: 'web' });
    tell('container', 'health_status: unhealthy', WEB, { name: 'web' });
    await eventually(() => expect(notes()).toHaveLength(4));
    expect(notes().map((note) => note['event.reason'])).toEqual([
      'image_pull',
      'secret_create',
      'oom',
      'health_status: unhealthy',
    ]);
    expect(notes()[0]).toMatchObject({ 'container.image.name': 'alpine:3.20' });
    expect(notes()[1]).toMatchObject({ 'docker.object.type': 'secret', 'docker.object.name': 's1' });
  });

  test('nodes join with their address once they have one, and leave', async () => {
    const node = (id: string, address: string) => ({
      ID: id,
      Spec: { Role: 'worker' },
      Description: { Hostname: `host-${id.slice(0, 3)}` },
      Status: { State: 'ready', ...(address === '' ? {} : { Addr: address }) },
    });
    const [first, second] = ['jp3cunl3kdak39kut5sf50rbb', 'qtjzdyihy4d1ejn9j6bie2ufw'];
    engine.objects.set('/info', { Swarm: { ControlAvailable: true } });
    engine.objects.set('/nodes', [node(first, '192.168.1.11')]);
    await followLive();
    engine.objects.set(`/nodes/${second}`, node(second, ''));
    tell('node', 'create', second, { name: '' });
    await eventually(() => expect(engine.requests.at(-1)).toBe(`GET /v1.41/nodes/${second}`));
    engine.objects.set(`/nodes/${second}`, node(second, '203.0.113.66'));
    tell('node', 'update', second, { name: 'evil', 'state.old': 'unknown', 'state.new': 'ready' });
    tell('node', 'update', second, { name: 'evil', 'role.old': 'worker', 'role.new': 'manager' });
    tell('node', 'remove', second, { name: 'evil' });
    await eventually(() =>
      expect(kinds().map((kind) => kind.split(' ')[1])).toEqual(['at_start', 'joined', 'updated', 'removed']),
    );
    expect(notes()[1]).toMatchObject({
      event: 'swarm_node',
      'source.address': '203.0.113.66',
      'swarm.node.name': 'host-qtj',
      'swarm.node.role': 'worker',
    });
    expect(notes()[2]).toMatchObject({ 'swarm.node.role': 'manager' });
  });
});

describe('no event is lost or told of twice', () => {
  const names = () => notes().map((note) => note['docker.object.name']);
  const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `s${from + n}`);
  const tellMany = (from: number, to: number) => {
    for (const name of numbered(from, to)) tell('secret', 'create', `id-${name}`, { name });
  };

  test('over restarts of TOM, with events meanwhile', async () => {
    await followLive();
    for (let round = 0; round < 5; round++) {
      tellMany(round * 20, round * 20 + 10);
      await eventually(() => expect(names()).toEqual(numbered(0, round * 20 + 10)));
      await source!.stop();
      tellMany(round * 20 + 10, round * 20 + 20);
      await restart();
      await eventually(() => expect(names()).toEqual(numbered(0, round * 20 + 20)));
    }
  });

  test('over streams that break, and events of one and the same moment', async () => {
    await followLive();
    for (let round = 0; round < 5; round++) {
      const same = nowUs + 1_000_000;
      for (const name of numbered(round * 10, round * 10 + 10)) {
        nowUs = same - 1_000_000;
        tell('secret', 'create', `id-${name}`, { name });
        if (name.endsWith('4')) engine.endStreams();
      }
      await eventually(() => expect(names()).toEqual(numbered(0, round * 10 + 10)));
      await live();
    }
  });

  test('when what was read never became durable', async () => {
    await followLive();
    tellMany(0, 5);
    await eventually(() => expect(names()).toEqual(numbered(0, 5)));
    const durable = JSON.parse(JSON.stringify([...sink.states]));
    tellMany(5, 10);
    await eventually(() => expect(names()).toEqual(numbered(0, 10)));
    await source!.stop();
    sink = new RecordingSink();
    for (const [key, state] of durable) sink.states.set(key, state);
    await followLive();
    await eventually(() => expect(names()).toEqual(numbered(5, 10)));
  });

  test('of the containers that run, where the engine forgot what it told', async () => {
    engine.objects.set('/containers/json', [{ Id: WEB }]);
    engine.objects.set(`/containers/${WEB}/json`, inspected(WEB, 'web'));
    engine.objects.set(`/containers/${DB}/json`, inspected(DB, 'db'));
    await followLive();
    engine.objects.set('/containers/json', [{ Id: DB }]);
    nowUs += 60_000_000;
    await restart();
    await eventually(() =>
      expect(kinds()).toEqual(['container_started web', 'container_stopped unseen', 'container_started db']),
    );
    await restart();
    expect(kinds()).toHaveLength(3);
  });
});

describe('answers that are none', () => {
  test('garbage, halves and giants in the stream cost themselves alone', async () => {
    await followLive();
    engine.tellRaw('not json\n{"Type":7}\n[]\nnull\n{}\n');
    engine.tellRaw(`{"Type":"secret","Action":"${'x'.repeat(300_000)}"}\n`);
    const whole = JSON.stringify(event('secret', 'create', 'id', { name: 'whole' }));
    engine.tellRaw(whole.slice(0, 30));
    engine.tellRaw(`${whole.slice(30)}\n`);
    await eventually(() => expect(notes().map((note) => note['docker.object.name'])).toEqual(['whole']));
  });

  test.each([
    [
      'an error',
      (_: unknown, response: { writeHead(code: number): { end(): void } }) => response.writeHead(500).end(),
      /docker answered 500/,
    ],
    ['no JSON', (_: unknown, response: { end(text: string): void }) => response.end('<html>'), /JSON/],
    [
      'too much',
      (_: unknown, response: { end(text: string): void }) => response.end(`["${'x'.repeat(5_000_000)}"]`),
      /larger than 4194304 bytes/,
    ],
    ['nothing for too long', () => {}, /abort|timeout/i],
    [
      'half of it',
      (_: unknown, response: { write(text: string): void }) => response.write('{"Sw'),
      /abort|timeout/i,
    ],
  ])('%s is asked for again', async (_, answer, reason) => {
    const warnings: string[] = [];
    engine.overrides.set('/containers/json', answer as never);
    await follow({ timeoutMs: 100, logger: { warn: (_context, message) => warnings.push(message) } });
    await eventually(() => expect(warnings.join('\n')).toMatch(reason));
    expect(source!.status()).toMatchObject([{ state: 'waiting', kind: 'docker' }]);
    engine.overrides.clear();
    await live();
    await eventually(() => expect(source!.status()).toMatchObject([{ state: 'following' }]));
  });

  test('what is no engine is said to be none', async () => {
    engine.objects.set('/version', { hello: 'world' });
    await follow();
    await eventually(() =>
      expect(source!.status()).toMatchObject([{ reason: 'what answers at the socket is no Docker engine' }]),
    );
  });

  test('an engine that is not there yet is waited for', async () => {
    await engine.stop();
    await follow();
    await eventually(() => expect(source!.status()[0]!.reason).toMatch(/is Docker running\?/));
    await engine.start();
    await live();
  });

  test('what a proxy before it will not say is done without', async () => {
    const refuse = (_: unknown, response: { writeHead(code: number): { end(): void } }) =>
      response.writeHead(403).end();
    engine.overrides.set('/info', refuse as never);
    engine.overrides.set(`/containers/${WEB}/json`, refuse as never);
    await followLive();
    tell('container', 'create', WEB, { image: 'bb:1', name: 'web' });
    await eventually(() => expect(kinds()).toEqual(['container_created web']));
  });

  test('stopping does not wait for it', async () => {
    engine.overrides.set('/containers/json', (() => {}) as never);
    await follow();
    await eventually(() => expect(engine.requests.join()).toContain('/containers/json'));
    await source!.stop();
  });
});
