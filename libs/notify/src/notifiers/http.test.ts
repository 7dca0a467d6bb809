import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Alert } from '@suite/event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryError, type Notifier } from '../port.ts';
import { testAlert } from '../test-alert.ts';
import { plainText } from '../wording.ts';
import { discord } from './discord.ts';
import { gotify } from './gotify.ts';
import { matrix } from './matrix.ts';
import { ntfy } from './ntfy.ts';
import { slack } from './slack.ts';
import { telegram } from './telegram.ts';
import { webhook } from './webhook.ts';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const SECRET = 'a-secret-that-must-not-show';
let server: Server;
let base: string;
let seen: Seen[];
let answer: { status: number; headers?: Record<string, string>; body?: string };

beforeEach(async () => {
  seen = [];
  answer = { status: 200 };
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      seen.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
      });
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const render = plainText;
const NOTIFIERS: Readonly<Record<string, () => Notifier>> = {
  webhook: () => webhook({ url: `${base}/hook/${SECRET}`, authorization: `Bearer ${SECRET}` }, { fetch }),
  ntfy: () => ntfy({ url: base, topic: 'cluster', token: SECRET, render }, { fetch }),
  gotify: () => gotify({ url: `${base}/gotify`, token: SECRET, render }, { fetch }),
  discord: () => discord({ url: `${base}/api/webhooks/1/${SECRET}`, render }, { fetch }),
  slack: () => slack({ url: `${base}/services/T/B/${SECRET}`, render }, { fetch }),
  telegram: () => telegram({ url: base, token: SECRET, chat: '-100', render }, { fetch }),
  matrix: () => matrix({ url: base, token: SECRET, room: '!r:example.org', render }, { fetch }),
};

const HOSTILE: Alert = {
  ...testAlert('x', 1_700_000_000_000_000),
  kind: 'incident',
  level: 'critical',
  title: '@everyone <!channel> *x* `y`',
  text: '<b>@here</b> [link](http://x) {{title}}\u0000'.repeat(400),
};
const signal = () => AbortSignal.timeout(5_000);

describe.each(Object.keys(NOTIFIERS))('%s', (kind) => {
  const make = () => NOTIFIERS[kind]!();

  it('sends one request with the title in it', async () => {
    await make().send(testAlert('x', 1_700_000_000_000_000), signal());
    expect(seen).toHaveLength(1);
    expect(seen[0]!.body).toContain('Test from NADIR');
    expect(() => JSON.parse(seen[0]!.body)).not.toThrow();
    expect(seen[0]!.headers['content-type']).toContain('json');
  });

  it('sends hostile text whole and within the limits of the service', async () => {
    await make().send(HOSTILE, signal());
    const body = JSON.parse(seen[0]!.body) as Record<string, unknown>;
    if (kind !== 'webhook') expect(seen[0]!.body.length).toBeLessThan(40_000);
    if (kind === 'discord') expect(body.allowed_mentions).toEqual({ parse: [] });
    if (kind === 'slack') expect(body.text).toBe('@\u2060everyone &lt;!channel&gt; *x* `y`');
    if (kind === 'telegram') {
      expect(body).not.toHaveProperty('parse_mode');
      expect(body.text).not.toMatch(/@\w/);
    }
    if (kind === 'matrix') expect(body).toMatchObject({ 'm.mentions': {} });
  });

  it.each([
    [500, true],
    [503, true],
    [429, true],
    [400, false],
    [401, false],
    [404, false],
    [302, false],
  ])('judges %i: transient %s, and its message holds no secret', async (status, transient) => {
    answer = {
      status,
      headers: { 'retry-after': '7', location: `${base}/else` },
      body: 'why\u001b[0m it failed',
    };
    const error = await make()
      .send(HOSTILE, signal())
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DeliveryError);
    expect(error).toMatchObject({ transient, retryAfterMs: 7000 });
    expect((error as Error).message).toMatch(/why \[0m it failed/);
    expect(`${(error as Error).message} ${String((error as Error).stack)}`).not.toContain(SECRET);
    expect(seen).toHaveLength(1);
  });

  it('repeats no secret that the service itself repeats', async () => {
    const bearer = `Bearer ${SECRET}`;
    answer = { status: 404, body: `Cannot POST /x/${SECRET}/y, /bot${SECRET}/sendMessage, ${bearer}` };
    const error = (await make()
      .send(HOSTILE, signal())
      .catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toMatch(/^the service answered 404: Cannot/);
    expect(error.message).not.toContain(SECRET);
    expect(error.cause).toBeUndefined();
  });

  it('says that nobody answered, without the address', async () => {
    await new Promise((resolve) => server.close(resolve));
    const error = await make()
      .send(HOSTILE, signal())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ transient: true, message: 'no answer: ECONNREFUSED' });
    server.listen(0);
  });
});

describe('what is particular', () => {
  it('authenticates as each service wants it', async () => {
    for (const kind of ['webhook', 'ntfy', 'gotify', 'telegram', 'matrix'])
      await NOTIFIERS[kind]!().send(testAlert(kind, 1_700_000_000_000_000), signal());
    expect(seen[0]!.headers.authorization).toBe(`Bearer ${SECRET}`);
    expect(seen[1]).toMatchObject({ url: '/', headers: { authorization: `Bearer ${SECRET}` } });
    expect(JSON.parse(seen[1]!.body)).toMatchObject({ topic: 'cluster', priority: 3 });
    expect(seen[2]).toMatchObject({ url: '/gotify/message', headers: { 'x-gotify-key': SECRET } });
    expect(seen[3]).toMatchObject({ url: `/bot${SECRET}/sendMessage` });
    expect(seen[4]).toMatchObject({ method: 'PUT', headers: { authorization: `Bearer ${SECRET}` } });
    expect(seen[4]!.url).toMatch(
      /^\/_matrix\/client\/v3\/rooms\/!r%3Aexample.org\/send\/m.room.message\/[0-9a-f]{32}$/,
    );
  });

  it('repeats the same Matrix transaction for the same alert', async () => {
    const room = NOTIFIERS.matrix!();
    await room.send(HOSTILE, signal());
    await room.send(HOSTILE, signal());
    expect(seen[0]!.url).toBe(seen[1]!.url);
  });

  it('fills the operator’s template, escaped for JSON', async () => {
    const template = '{"summary":"{{title}}","host":"{{host.name}}"}';
    await webhook({ url: base, template }, { fetch }).send({ ...HOSTILE, title: 'a "b"\n' }, signal());
    expect(JSON.parse(seen[0]!.body)).toEqual({ summary: 'a "b"\n', host: 'node1' });
  });
});
