import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DecisionBook } from './book.ts';
import { lapiRoutes } from './lapi-routes.ts';

const T0 = 1_700_000_000e6;
const KEY = 'a-key-of-a-firewall-bouncer';
let book: DecisionBook;
let app: FastifyInstance;
let nowUs: number;

beforeEach(async () => {
  nowUs = T0;
  book = new DecisionBook({ path: ':memory:', maxActive: 1000 });
  app = fastify();
  await app.register(lapiRoutes, { book, bouncers: [{ name: 'fw', key: KEY }], clockUs: () => nowUs });
});
afterEach(async () => {
  await app.close();
  book.stop();
});

const ban = (value: string, scenario = 'nadir/ssh-brute-force-address') =>
  book.add({
    key: '',
    scope: value.includes('/') ? 'Range' : 'Ip',
    value,
    type: 'ban',
    origin: 'nadir',
    scenario,
    detectionId: 'd',
    reason: '',
    createdUs: nowUs,
    untilUs: nowUs + 3_600e6,
  });
const get = (url: string, key: string | undefined = KEY) =>
  app.inject({ url, headers: key === undefined ? {} : { 'x-api-key': key } });

describe("CrowdSec's local API", () => {
  it.each([undefined, '', 'wrong', `${KEY}x`, 'k'.repeat(10_000)])('refuses the key %s', async (key) => {
    ban('198.51.100.1');
    for (const url of ['/v1/decisions', '/v1/decisions/stream?startup=true']) {
      const answer = await app.inject({ url, headers: key === undefined ? {} : { 'x-api-key': key } });
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toEqual({ message: 'access forbidden' });
    }
  });

  it('sends away who guesses, and lets in the bouncer behind the same address', async () => {
    for (let i = 0; i < 30; i++) await get('/v1/decisions', `guess ${i}`);
    expect((await get('/v1/decisions', 'guess 31')).statusCode).toBe(429);
    expect((await get('/v1/decisions')).statusCode).toBe(200);
    nowUs += 61e6;
    expect((await get('/v1/decisions', 'guess 32')).statusCode).toBe(403);
  });

  it('answers null where there is nothing, as CrowdSec does', async () => {
    expect((await get('/v1/decisions')).body).toBe('null');
    expect((await get('/v1/decisions/stream?startup=true')).json()).toEqual({ deleted: null, new: null });
  });

  it('tells a decision as CrowdSec does', async () => {
    ban('198.51.100.1');
    nowUs += 60e6;
    expect((await get('/v1/decisions?ip=198.51.100.1')).json()).toEqual([
      {
        duration: '59m0s',
        id: 1,
        origin: 'crowdsec',
        scenario: 'nadir/ssh-brute-force-address',
        scope: 'Ip',
        type: 'ban',
        value: '198.51.100.1',
      },
    ]);
    const stream = (await get('/v1/decisions/stream?startup=true')).json();
    expect(stream).toMatchObject({ new: [{ value: '198.51.100.1' }], deleted: null });
  });

  it('finds an address in a banned network, and filters', async () => {
    ban('198.51.100.0/24');
    ban('203.0.113.5', 'nadir/web-scanner');
    const values = async (query: string) =>
      ((await get(`/v1/decisions?${query}`)).json() ?? []).map((one: { value: string }) => one.value);
    expect(await values('ip=198.51.100.77')).toEqual(['198.51.100.0/24']);
    expect(await values('scope=ip')).toEqual(['203.0.113.5']);
    expect(await values('scopes=ip,range')).toHaveLength(2);
    expect(await values('scenarios_containing=web')).toEqual(['203.0.113.5']);
    expect(await values('scenarios_not_containing=web')).toEqual(['198.51.100.0/24']);
    expect(await values('range=203.0.113.0/24')).toEqual(['203.0.113.5']);
    expect(await values('origins=cscli')).toEqual([]);
    expect(await values('limit=1')).toHaveLength(1);
    expect((await get('/v1/decisions?ip=nonsense')).statusCode).toBe(400);
    expect((await get(`/v1/decisions?value=${'x'.repeat(5000)}`)).statusCode).toBe(400);
  });

  it('answers HEAD, which bouncers use to see that it is there, and takes their metrics', async () => {
    expect(
      (await app.inject({ method: 'HEAD', url: '/v1/decisions', headers: { 'x-api-key': KEY } })).statusCode,
    ).toBe(200);
    const metrics = await app.inject({
      method: 'POST',
      url: '/v1/usage-metrics',
      headers: { 'x-api-key': KEY },
      payload: { remediation_components: [] },
    });
    expect(metrics.statusCode).toBe(201);
  });
});
