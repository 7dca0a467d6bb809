import type { InjectOptions } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { AUTH, incident, NOW_US, TOKEN, testApi } from '../../test/fixture.ts';
import { memoryOperator } from '../../test/memory-operator.ts';

let close: (() => Promise<unknown>) | undefined;
afterEach(() => close?.());

const WEEK_LATER = '2026-11-27T12:00:00Z';
const mute = (more: Record<string, unknown> = {}) => ({
  match: { address: '203.0.113.0/24' },
  reason: 'our scanner',
  by: 'anna',
  expires: WEEK_LATER,
  ...more,
});

async function api() {
  const { desk, operator } = memoryOperator(() => NOW_US);
  const test = await testApi({ operator });
  close = () => test.app.close();
  const send = (method: 'GET' | 'POST' | 'DELETE', url: string, more: InjectOptions = {}) =>
    test.app.inject({ method, url: `/api/v1/${url}`, headers: AUTH, ...more });
  return { ...test, desk, send };
}

describe('incidents', () => {
  it('are listed with what the store is asked for', async () => {
    const { send, reader } = await api();
    const answer = await send(
      'GET',
      'incidents?minLevel=high&address=203.0.113.7&open=true&from=2026-11-20T11:00:00Z&limit=5',
    );
    expect(answer.statusCode).toBe(200);
    expect(reader.queries).toEqual([
      { minLevel: 'high', address: '203.0.113.7', open: true, fromUs: NOW_US - 3_600_000_000, limit: 5 },
    ]);
    expect(answer.json().items[0]).toMatchObject({ id: 'i1', open: true, success: true, acknowledged: null });
  });

  it('come one by one with the detections that the store has', async () => {
    const { send } = await api();
    const answer = (await send('GET', 'incidents/i1')).json();
    expect(answer.detections.map(({ id }: { id: string }) => id)).toEqual(['d1']);
    expect(answer.detectionIds).toEqual(['d1', 'gone']);
    expect(answer.timeline[0].time).toBe('2026-11-20T11:59:59.000000Z');
    expect((await send('GET', 'incidents/none')).statusCode).toBe(404);
  });

  it('are acknowledged by somebody with a name', async () => {
    const { send } = await api();
    const answer = await send('POST', 'incidents/i1/acknowledge', { payload: { by: 'anna', note: 'on it' } });
    expect(answer.json().acknowledged).toMatchObject({
      by: 'anna',
      note: 'on it',
      level: 'high',
      atUs: NOW_US,
    });
    expect((await send('GET', 'incidents/i1')).json().acknowledged.by).toBe('anna');
    expect((await send('POST', 'incidents/i1/acknowledge', { payload: { by: ' ' } })).statusCode).toBe(400);
    expect((await send('POST', 'incidents/none/acknowledge', { payload: { by: 'anna' } })).statusCode).toBe(
      404,
    );
  });
});

describe('mutes', () => {
  it('are made, listed and lifted', async () => {
    const { send } = await api();
    const made = await send('POST', 'mutes', { payload: mute() });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ by: 'anna', reason: 'our scanner', successes: false });
    const { id } = made.json();
    expect((await send('GET', 'mutes')).json().items).toHaveLength(1);
    expect((await send('DELETE', `mutes/${id}`)).statusCode).toBe(400);
    expect((await send('DELETE', `mutes/${id}?by=bert`)).json().id).toBe(id);
    expect((await send('GET', 'mutes')).json().items).toEqual([]);
    expect((await send('DELETE', `mutes/${id}?by=bert`)).statusCode).toBe(404);
  });

  it.each([
    ['no reason', { reason: ' ' }],
    ['nobody who made it', { by: '' }],
    ['nothing that it is about', { match: {} }],
    ['an address that is none', { match: { address: '203.0.113.300' } }],
    ['no end', { expires: undefined }],
    ['an end in the past', { expires: '2026-11-19T12:00:00Z' }],
    ['an end beyond 90 days', { expires: '2027-11-19T12:00:00Z' }],
    ['a field that is unknown', { forever: true }],
  ])('are refused with %s', async (_, more) => {
    const { send } = await api();
    const answer = await send('POST', 'mutes', { payload: mute(more) });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.message).not.toBe('');
  });
});

describe('alerts', () => {
  it('show what was told and what was held back, and why', async () => {
    const { send, desk } = await api();
    await send('POST', 'mutes', { payload: mute({ match: { host: 'pi2' }, successes: true }) });
    desk.offer(incident('i1'), NOW_US);
    desk.offer({ ...incident('i2'), entities: { 'host.name': ['pi2'] } }, NOW_US);
    const { items } = (await send('GET', 'alerts')).json();
    expect(items.map(({ outcome, why }: { outcome: string; why: string }) => [outcome, why])).toEqual([
      ['hidden', 'muted by anna: our scanner'],
      ['told', 'at once'],
    ]);
    expect(items[1].text).toContain('then logged in as pi');
  });
});

describe('a request that changes something', () => {
  async function session() {
    const test = await api();
    const answer = await test.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload: { token: TOKEN },
    });
    const cookie = String(answer.headers['set-cookie']).split(';')[0]!;
    const post = (headers: Record<string, string>, payload: unknown = mute()) =>
      test.app.inject({
        method: 'POST',
        url: '/api/v1/mutes',
        headers: { cookie, host: 'localhost:7070', ...headers },
        payload: payload as object,
      });
    return { ...test, post };
  }

  it('is taken from NADIR’s own page', async () => {
    const { post } = await session();
    expect((await post({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(201);
    expect((await post({ origin: 'http://localhost:7070' })).statusCode).toBe(201);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another name of the same site', { 'sec-fetch-site': 'same-site' }],
    ['a typed address', { 'sec-fetch-site': 'none' }],
    ['another origin', { origin: 'http://evil.example' }],
    ['another port', { origin: 'http://localhost:8080' }],
    ['a sandboxed page', { origin: 'null' }],
    ['nobody knows where', {}],
  ])('is refused with a cookie from %s', async (_, headers) => {
    const { post, desk } = await session();
    const answer = await post(headers);
    expect(answer.statusCode).toBe(403);
    expect(answer.json().error.code).toBe('cross_site');
    expect(desk.mutes(NOW_US)).toEqual([]);
  });

  it('is refused as a form, whatever it says of itself', async () => {
    const { app } = await session();
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'];
    for (const type of types) {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/mutes',
        headers: { ...AUTH, 'content-type': type },
        payload: JSON.stringify(mute()),
      });
      expect([400, 415], type).toContain(answer.statusCode);
    }
  });

  it('needs a token at all', async () => {
    const { send } = await api();
    for (const [method, url] of [
      ['POST', 'mutes'],
      ['DELETE', 'mutes/x?by=y'],
      ['POST', 'incidents/i1/acknowledge'],
    ] as const)
      expect((await send(method, url, { headers: {} })).statusCode).toBe(401);
  });
});
