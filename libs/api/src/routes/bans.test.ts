import { createNever, DecisionBook, DecisionDesk } from '@suite/decisions';
import { afterEach, describe, expect, it } from 'vitest';
import { AUTH, NOW_US, testApi } from '../../test/fixture.ts';

let close: (() => Promise<unknown>) | undefined;
afterEach(() => close?.());

async function api(switchedOn = true) {
  const book = new DecisionBook({ path: ':memory:', maxActive: 100 });
  const lifted: string[] = [];
  const desk = new DecisionDesk({
    book,
    rules: [],
    durationMs: 1000,
    longestMs: 1000,
    never: createNever({ allow: ['203.0.113.7'], banPrivate: false, own: () => [] }),
    clockUs: () => NOW_US,
    onDecision: () => {},
    onLifted: (value, by) => lifted.push(`${value} by ${by}`),
    onSpared: () => {},
  });
  const test = await testApi(switchedOn ? { bans: desk } : {});
  close = async () => {
    await test.app.close();
    book.stop();
  };
  const send = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, headers: object = AUTH) =>
    test.app.inject({
      method,
      url: `/api/v1/${url}`,
      headers: { ...headers },
      ...(payload ? { payload } : {}),
    });
  return { send, lifted };
}

const ban = (more: object = {}) => ({
  value: '198.51.100.9',
  seconds: 60,
  reason: 'enough',
  by: 'anna',
  ...more,
});

describe('bans', () => {
  it('are made, listed and taken back, each by somebody', async () => {
    const { send, lifted } = await api();
    const made = await send('POST', 'bans', ban());
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ origin: 'operator', reason: 'enough (anna)', secondsLeft: 60 });
    expect((await send('POST', 'bans', ban({ seconds: 30 }))).statusCode).toBe(409);
    expect((await send('GET', 'bans')).json().items).toHaveLength(1);
    expect((await send('DELETE', 'bans?value=198.51.100.9')).statusCode).toBe(400);
    expect((await send('DELETE', 'bans?value=198.51.100.9&by=bert')).statusCode).toBe(200);
    expect(lifted).toEqual(['198.51.100.9 by bert']);
    expect((await send('GET', 'bans')).json()).toEqual({ items: [], total: 0, enabled: true });
    expect((await send('DELETE', 'bans?value=198.51.100.9&by=bert')).statusCode).toBe(404);
  });

  it('are listed some at a time, the newest', async () => {
    const { send } = await api();
    for (const last of [1, 2, 3]) await send('POST', 'bans', ban({ value: `198.51.100.${last}` }));
    const { items, total } = (await send('GET', 'bans?limit=2')).json();
    expect(items.map(({ value }: { value: string }) => value)).toEqual(['198.51.100.2', '198.51.100.3']);
    expect(total).toBe(3);
    expect((await send('GET', 'bans?limit=50000')).statusCode).toBe(400);
  });

  it('have one spelling of an address', async () => {
    const { send } = await api();
    expect((await send('POST', 'bans', ban({ value: '::ffff:cb00:7107' }))).statusCode).toBe(400);
    await send('POST', 'bans', ban({ value: '2001:4860:0:0::1' }));
    expect((await send('DELETE', 'bans?value=2001:4860::1&by=bert')).statusCode).toBe(200);
  });

  it.each([
    ['an allowed address', { value: '203.0.113.7' }],
    ['a network around it', { value: '203.0.113.0/24' }],
    ['a private address', { value: '192.168.1.1' }],
    ['everybody', { value: '0.0.0.0/0' }],
    ['what is no address', { value: 'example.org' }],
    ['no reason', { reason: ' ' }],
    ['no name', { by: '' }],
    ['no end', { seconds: undefined }],
  ])('are refused for %s', async (_, more) => {
    const { send } = await api();
    expect((await send('POST', 'bans', ban(more))).statusCode).toBe(400);
  });

  it('need a token, and an origin of our own where a cookie speaks', async () => {
    const { send } = await api();
    expect((await send('GET', 'bans', undefined, {})).statusCode).toBe(401);
    expect((await send('POST', 'bans', ban(), { ...AUTH, origin: 'https://evil.example' })).statusCode).toBe(
      403,
    );
  });

  it('say that they are switched off', async () => {
    const { send } = await api(false);
    expect((await send('GET', 'bans')).json()).toEqual({ items: [], total: 0, enabled: false });
    expect((await send('POST', 'bans', ban())).statusCode).toBe(503);
  });
});
