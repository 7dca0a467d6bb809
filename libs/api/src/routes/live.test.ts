import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { AUTH, detection, incident, record, testApi } from '../../test/fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function listening(options: Parameters<typeof testApi>[0] = {}) {
  const api = await testApi(options);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  cleanups.push(() => api.app.close());
  const { port } = api.app.server.address() as AddressInfo;
  return { ...api, port };
}

/** A reader of the stream that keeps what it got. */
function follow(port: number, path: string) {
  const got = { text: '', status: 0, ended: false };
  const call = request({ port, host: '127.0.0.1', path, headers: AUTH }, (response) => {
    got.status = response.statusCode ?? 0;
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      got.text += chunk;
    });
    response.on('close', () => {
      got.ended = true;
    });
  });
  call.on('error', () => {});
  call.end();
  cleanups.push(() => call.destroy());
  return { got, leave: () => call.destroy() };
}

const health = async (api: Awaited<ReturnType<typeof listening>>) =>
  (await api.app.inject({ url: '/api/v1/health', headers: AUTH })).json();

it('streams records and detections as they are published, filtered by text and host', async () => {
  const api = await listening();
  const { got } = follow(api.port, '/api/v1/live?text=password&host=pi1');
  await vi.waitFor(() => expect(got.text).toContain('event: ready\n'));
  api.live.publish([
    record('Failed password', 1),
    record('session opened', 2),
    record('Failed password', 3, 'pi2'),
  ]);
  api.live.publishDetection(detection());
  await vi.waitFor(() => expect(got.text).toContain('event: detection\n'));
  expect(got.text.match(/event: record\n/g)).toHaveLength(1);
  expect(got.text).toContain('"raw":"Failed password"');
});

it('starts with the newest lines from memory when asked', async () => {
  const api = await listening();
  api.live.publish([record('one', 1), record('two', 2), record('three', 3)]);
  const { got } = follow(api.port, '/api/v1/live?recent=2');
  await vi.waitFor(() => expect(got.text).toContain('"raw":"three"'));
  expect(got.text).toContain('"raw":"two"');
  expect(got.text).not.toContain('"raw":"one"');
});

it('refuses a reader too many, and has room again when one leaves', async () => {
  const api = await listening({ liveClientsMax: 1 });
  const first = follow(api.port, '/api/v1/live');
  await vi.waitFor(() => expect(first.got.text).toContain('ready'));
  const second = follow(api.port, '/api/v1/live');
  await vi.waitFor(() => expect(second.got.status).toBe(503));
  first.leave();
  await vi.waitFor(async () => expect((await health(api)).live.clients).toBe(0));
  const third = follow(api.port, '/api/v1/live');
  await vi.waitFor(() => expect(third.got.status).toBe(200));
});

it('counts what a reader that does not read misses, and goes on for the others', async () => {
  const api = await listening();
  const paused = request({ port: api.port, host: '127.0.0.1', path: '/api/v1/live', headers: AUTH }, (r) =>
    r.pause(),
  );
  paused.on('error', () => {});
  paused.end();
  cleanups.push(() => paused.destroy());
  const { got } = follow(api.port, '/api/v1/live?text=last');
  await vi.waitFor(async () => expect((await health(api)).live.clients).toBe(2));
  const big = 'x'.repeat(8000);
  for (let batch = 0; batch < 40; batch++) {
    api.live.publish(Array.from({ length: 100 }, (_, i) => record(`${big} ${i}`, i)));
  }
  api.live.publish([record('the last one')]);
  await vi.waitFor(() => expect(got.text).toContain('the last one'));
  paused.destroy();
  await vi.waitFor(async () => expect((await health(api)).live.droppedRecords).toBeGreaterThan(0));
});

it('tells incidents as they change', async () => {
  const api = await listening();
  const { got } = follow(api.port, '/api/v1/live');
  await vi.waitFor(() => expect(got.text).toContain('ready'));
  api.live.publishIncident(incident('i7'));
  await vi.waitFor(() => expect(got.text).toContain('event: incident\ndata: {"id":"i7"'));
});

it('ends the streams when the server closes', async () => {
  const api = await listening();
  const { got } = follow(api.port, '/api/v1/live');
  await vi.waitFor(() => expect(got.text).toContain('ready'));
  await api.app.close();
  await vi.waitFor(() => expect(got.ended).toBe(true));
});
