import { afterEach, describe, expect, it } from 'vitest';
import { AUTH, detection, NOW_US, record, sample, TOKEN, testApi } from '../test/fixture.ts';
import { detectionPageSchema, nodeListSchema, recordPageSchema, summarySchema } from './contract.ts';

let close: (() => Promise<unknown>) | undefined;
afterEach(() => close?.());

async function api(options: Parameters<typeof testApi>[0] = {}) {
  const test = await testApi(options);
  close = () => test.app.close();
  const get = (url: string, headers: Record<string, string> = AUTH) => test.app.inject({ url, headers });
  return { ...test, get };
}

const PRIVATE = [
  'summary',
  'nodes',
  'events',
  'rate',
  'detections',
  'detections/d1',
  'incidents',
  'incidents/i1',
  'alerts',
  'mutes',
  'samples?host=a&name=b',
  'live',
  'nothing',
];

describe('what is not authenticated', () => {
  it.each([...PRIVATE.map((path) => `/api/v1/${path}`), '/api/openapi.json'])('refuses %s', async (url) => {
    const { get } = await api();
    const answer = await get(url, {});
    expect(answer.statusCode).toBe(401);
    expect(answer.json().error.code).toBe('unauthorized');
    expect((await get(url, { authorization: 'Bearer wrong-token-of-some-length' })).statusCode).toBe(401);
  });

  it('is told that NADIR is alive, and nothing else', async () => {
    const { get } = await api();
    expect((await get('/api/v1/health', {})).json()).toEqual({ status: 'ok' });
  });
});

describe('the routes', () => {
  it('answer health in full to those who may read', async () => {
    const { get } = await api();
    const health = (await get('/api/v1/health')).json();
    expect(health).toMatchObject({ status: 'ok', pipeline: { position: 90, lag: 10 }, intake: { lines: 2 } });
  });

  it('hand a search to the store and give its lines back with times in ISO', async () => {
    const { get, reader } = await api();
    const url =
      '/api/v1/events?text=line&host=pi1&from=2026-11-20T11:00:00Z&to=2026-11-20T13:00:00%2B00:00&limit=1';
    const page = recordPageSchema.parse((await get(url)).json());
    expect(reader.queries).toEqual([
      { text: 'line', host: 'pi1', limit: 1, fromUs: NOW_US - 3_600_000_000, toUs: NOW_US + 3_600_000_000 },
    ]);
    expect(page.items.map((item) => item.raw)).toEqual(['second line <b>']);
    expect(page.items[0]?.time).toBe('2026-11-20T11:59:00.002000Z');
    const next = await get(`${url}&cursor=${page.next}`);
    expect(recordPageSchema.parse(next.json()).items.map((item) => item.raw)).toEqual(['first line']);
  });

  it.each([
    '/api/v1/events?limit=1001',
    '/api/v1/events?limit=0',
    '/api/v1/events?limit=x',
    `/api/v1/events?text=${'a'.repeat(513)}`,
    '/api/v1/events?from=yesterday',
    '/api/v1/events?from=2026-11-20T11:00:00',
    '/api/v1/events?host=a&host=b',
    '/api/v1/rate?bucketSeconds=1',
    '/api/v1/rate?from=2026-11-20T12:00:00Z&to=2026-11-20T11:00:00Z',
    '/api/v1/detections?minLevel=worst',
    '/api/v1/samples?host=a',
  ])('refuse %s with the reason', async (url) => {
    const { get } = await api();
    const answer = await get(url);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.message).toMatch(/\w+: /);
  });

  it('cut a line of a megabyte', async () => {
    const { get, memory } = await api();
    memory.records = [record('x'.repeat(1_000_000))];
    const page = recordPageSchema.parse((await get('/api/v1/events')).json());
    expect(page.items[0]).toMatchObject({ rawLength: 1_000_000 });
    expect(page.items[0]?.raw.length).toBe(8192);
  });

  it('survive what a line can hold: lone surrogates, NUL, a __proto__ field', async () => {
    const { get, memory } = await api();
    const hostile = record('\ud800 \0 \u001b[31m');
    const event = JSON.parse('{"__proto__":"x","a":1}');
    memory.records = [{ ...hostile, event }];
    const answer = await get('/api/v1/events');
    expect(answer.statusCode).toBe(200);
    expect(recordPageSchema.parse(answer.json()).items[0]?.raw).toBe('\ufffd \0 \u001b[31m');
  });

  it('fill the rate with zeros and keep every line in it', async () => {
    const { get } = await api();
    const rate = (await get('/api/v1/rate')).json();
    expect(rate.buckets).toHaveLength(60);
    expect(rate.buckets.reduce((sum: number, bucket: { count: number }) => sum + bucket.count, 0)).toBe(2);
  });

  it('show detections with evidence, one or all', async () => {
    const { get } = await api();
    const page = detectionPageSchema.parse((await get('/api/v1/detections?minLevel=low')).json());
    expect(page.items[0]).toMatchObject({ id: 'd1', time: '2026-11-20T11:59:59.000000Z', evidenceCount: 7 });
    expect((await get('/api/v1/detections/d1')).json().evidence[0].line).toBe(3);
    expect((await get('/api/v1/detections/d2')).statusCode).toBe(404);
  });

  it('tell ok, late and silent nodes apart', async () => {
    const { get, clock } = await api();
    const state = async () => nodeListSchema.parse((await get('/api/v1/nodes')).json()).items[0]?.state;
    expect(await state()).toBe('ok');
    clock.nowUs += 100_000_000;
    expect(await state()).toBe('late');
    clock.nowUs += 600_000_000;
    expect(await state()).toBe('silent');
  });

  it('show the samples of a node', async () => {
    const { get, memory } = await api();
    memory.samples = [sample('system.memory.usage', 5, { 'system.memory.state': 'used' })];
    const list = (await get('/api/v1/samples?host=pi1&name=system.memory.usage')).json();
    expect(list.items).toMatchObject([{ value: 5, attributes: { 'system.memory.state': 'used' } }]);
  });

  it('sum up for the first paint', async () => {
    const { get, memory } = await api();
    memory.detections.push(detection('old', NOW_US - 100_000_000_000));
    const summary = summarySchema.parse((await get('/api/v1/summary')).json());
    expect(summary.detections).toHaveLength(2);
    expect(summary.records.map((item) => item.raw)).toEqual(['first line', 'second line <b>']);
  });

  it('say nothing of the inside when the store fails', async () => {
    const { get, reader } = await api();
    reader.nodes = () => Promise.reject(new Error('SQLITE_CORRUPT at /var/lib/nadir'));
    const answer = await get('/api/v1/nodes');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('SQLITE');
    expect(answer.json().error.code).toBe('internal');
  });
});

describe('sessions', () => {
  const login = (app: Awaited<ReturnType<typeof api>>['app'], token: string, remoteAddress = '127.0.0.1') =>
    app.inject({ method: 'POST', url: '/api/v1/session', payload: { token }, remoteAddress });

  it('open with the bearer token and read with the cookie alone', async () => {
    const { app, get, clock } = await api();
    const answer = await login(app, TOKEN);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^nadir_session=[\w.-]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    expect((await get('/api/v1/nodes', headers)).statusCode).toBe(200);
    clock.nowUs += 12 * 3_600_000_000;
    expect((await get('/api/v1/nodes', headers)).statusCode).toBe(401);
  });

  it('open once with a login link, within the hour', async () => {
    const { app, access, clock } = await api();
    const token = access.issueLoginToken();
    expect((await login(app, token)).statusCode).toBe(200);
    expect((await login(app, token)).statusCode).toBe(401);
    const late = access.issueLoginToken();
    clock.nowUs += 3_600_000_000;
    expect((await login(app, late)).statusCode).toBe(401);
  });

  it('end when they are closed', async () => {
    const { app, get } = await api();
    const cookie = String((await login(app, TOKEN)).headers['set-cookie']).split(';')[0] ?? '';
    const closed = await app.inject({
      method: 'DELETE',
      url: '/api/v1/session',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
    expect(closed.statusCode).toBe(204);
    expect((await get('/api/v1/nodes', { cookie })).statusCode).toBe(401);
  });

  it('send an address away after ten wrong tokens for five minutes, but not who has the right one', async () => {
    const { app, clock } = await api();
    for (let i = 0; i < 10; i++) expect((await login(app, `wrong-${i}`)).statusCode).toBe(401);
    const refused = await login(app, 'wrong-11');
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '300']);
    expect((await login(app, TOKEN)).statusCode).toBe(200);
    expect((await login(app, 'wrong-12', '192.0.2.1')).statusCode).toBe(401);
    clock.nowUs += 300_000_000;
    expect((await login(app, 'wrong-13')).statusCode).toBe(401);
  });

  it('refuse a forged, a changed and a foreign cookie', async () => {
    const { app, get } = await api();
    const other = await testApi();
    const cookie = String((await login(app, TOKEN)).headers['set-cookie']).split(';')[0] ?? '';
    const foreign = String((await login(other.app, TOKEN)).headers['set-cookie']).split(';')[0] ?? '';
    await other.app.close();
    const later = cookie.replace(/=(\d+)/, (_, us) => `=${Number(us) + 1}`);
    for (const bad of [
      later,
      foreign,
      `${cookie}x`,
      cookie.slice(0, -1),
      'nadir_session=',
      'nadir_session=1.2.3',
    ]) {
      expect((await get('/api/v1/nodes', { cookie: bad })).statusCode).toBe(401);
    }
  });
});

describe('the surroundings', () => {
  it('answers to loopback names and configured ones only', async () => {
    const { get } = await api({ hostNames: ['nadir.lan'] });
    const status = async (host: string) => (await get('/api/v1/health', { host })).statusCode;
    expect(
      await Promise.all(['127.0.0.1:7070', 'localhost', '[::1]:7070', 'NADIR.lan:1'].map(status)),
    ).toEqual([200, 200, 200, 200]);
    expect(
      await Promise.all(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io'].map(status)),
    ).toEqual([421, 421, 421]);
  });

  it('sends security headers with every answer, refusals too', async () => {
    const { get } = await api();
    for (const answer of [
      await get('/api/v1/nodes', {}),
      await get('/api/v1/nodes'),
      await get('/nothing'),
    ]) {
      expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
      expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
    }
    expect((await get('/api/v1/nodes')).headers['cache-control']).toBe('no-store');
  });

  it('describes itself as the checked-in document says (renew with vitest -u)', async () => {
    const { get } = await api();
    const document = (await get('/api/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    const named = new Set(
      Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`),
    );
    const used = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(used.filter((ref) => !named.has(ref))).toEqual([]);
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('../openapi.generated.json');
  });
});
