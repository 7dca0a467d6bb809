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
    expect((await send('GET', 'bans')).json()).toEqual({ items: [], enabled: true });
    expect((await send('DELETE', 'bans?value=198.51.100.9&by=bert')).statusCode).toBe(404);
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
    expect((await send('GET', 'bans')).json()).toEqual({ items: [], enabled: false });
    expect((await send('POST', 'bans', ban())).statusCode).toBe(503);
  });
});
