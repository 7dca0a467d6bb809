import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApi } from '../test/fixture.ts';

let dir = '';
let api: Awaited<ReturnType<typeof testApi>>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'api-console-'));
  const root = join(dir, 'console');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(root, 'index.html'), '<!doctype html><title>NADIR</title>');
  await writeFile(join(root, 'assets', 'index-abc.js'), 'export {};');
  await writeFile(join(root, '.secret'), 'hidden');
  await writeFile(join(dir, 'outside'), 'outside');
  api = await testApi({ consoleDir: root });
});
afterAll(async () => {
  await api?.app.close();
  await rm(dir, { recursive: true, force: true });
});

const get = (url: string, accept = 'text/html') => api.app.inject({ url, headers: { accept } });

it('serves the page without a session, asked for anew each time', async () => {
  for (const url of ['/', '/index.html', '/detections/d1']) {
    const answer = await get(url);
    expect([url, answer.statusCode, answer.headers['cache-control']]).toEqual([url, 200, 'no-cache']);
    expect(answer.body).toContain('NADIR');
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
  }
});

it('lets hashed assets be kept for a year, and has no page for those that are gone', async () => {
  const asset = await get('/assets/index-abc.js', '*/*');
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(asset.headers['content-type']).toContain('javascript');
  expect((await get('/assets/index-old.js')).statusCode).toBe(404);
});

it.each(['/.secret', '/../outside', '/..%2foutside', '/%2e%2e/outside', '/assets/..%2f..%2foutside', '/%00'])(
  'gives nothing away for %s',
  async (url) => {
    const answer = await get(url, '*/*');
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toMatch(/hidden|^outside/);
  },
);

it('answers an unknown API path as the API, not with the page', async () => {
  expect((await get('/api/v2/x')).statusCode).toBe(401);
});
