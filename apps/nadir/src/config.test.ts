import { readFileSync } from 'node:fs';
import { generateConfigFiles, loadConfig } from '@suite/config';
import { expect, it } from 'vitest';
import { nadirConfig } from './config.ts';

const ROOT = new URL('../../../', import.meta.url);
const SECRET = 'sixteen-characters';

function load(yaml: string, env: Readonly<Record<string, string>> = {}) {
  const readFile = async (path: string) => ({
    bytes: Buffer.from(path === 'nadir.yml' ? yaml : SECRET),
    mode: 0o600,
  });
  return loadConfig({ definition: nadirConfig, file: 'nadir.yml', env, readFile });
}

it('holds without a file, on loopback alone', async () => {
  const { config } = await load('');
  expect(config.http).toEqual({ host: '127.0.0.1', port: 7070, insecure: false });
  expect(config.syslog).toEqual({ udp: {}, tcp: {}, allow: [] });
  expect(config.store.kind).toBe('sqlite');
});

it('holds with the example of its reference page', async () => {
  const { config } = await load(nadirConfig.example);
  expect(config.agents).toEqual([{ name: 'node-1', token: SECRET }]);
  expect(config.store.sqlite.retention.age).toBe(90 * 86_400_000);
});

it.each([
  [
    'http: {host: 0.0.0.0}',
    /^nadir\.yml:1:14: http\.host: 0\.0\.0\.0 is reachable from other machines and there is no TLS/,
  ],
  ['http: {host: "::"}', /reachable/],
  ['http: {tls: {cert: /c}}', /http\.tls\.key is missing/],
  ['syslog: {udp: {listen: "0.0.0.0:514"}}', /syslog\.udp\.listen: 0\.0\.0\.0 is reachable .* syslog\.allow/],
  [
    'agents: [{name: a, token: 0123456789abcdef}, {name: a, token: 0123456789abcdeg}]',
    /agents\[1\]\.name: another agent/,
  ],
  ['journal: {segment_size: 1GiB, max_size: 1536MiB}', /segment_size: must be at most half of journal/],
  ['store: influx', /store\.influx\.url: is needed when store\.kind is influx/],
  [
    'store: "influx://u:hunter2@db/x"',
    /^nadir\.yml:1:8: store: a URL must hold no password; set NADIR_STORE_INFLUX_PASSWORD_FILE to the file that holds it$/,
  ],
  [
    'store: {kind: influx, influx: {url: "http://u:p@db"}}',
    /store\.influx\.url: must hold no user or password/,
  ],
  ['store: {kind: influx, influx: {url: "http://db", username: u}}', /store\.influx\.password: is needed/],
  ['detection: {ssh: {failures: 0}}', /found 0, expected a whole number from 1 to 1000000/],
])('refuses %s', async (yaml, message) => {
  await expect(load(yaml)).rejects.toThrow(message);
});

it.each([
  'http: {host: 0.0.0.0, tls: {cert: /c, key: /k}}',
  'http: {host: 0.0.0.0, insecure: true}',
  'http: {host: localhost}',
  'syslog: {udp: {listen: "127.0.0.1:5514"}}',
  'syslog: {tcp: {listen: "0.0.0.0:5514"}, allow: [10.0.0.0/8]}',
])('takes %s', async (yaml) => {
  await expect(load(yaml)).resolves.toBeDefined();
});

it('takes a store as a URL, its password from a file', async () => {
  const { config } = await load('', {
    NADIR_STORE: 'influx://u@db:8086/nadir',
    NADIR_STORE_INFLUX_PASSWORD_FILE: '/run/secrets/p',
  });
  expect(config.store).toMatchObject({
    kind: 'influx',
    influx: { url: 'http://db:8086', version: 1, database: 'nadir', username: 'u', password: SECRET },
  });
});

it('is what the checked-in schema and reference were generated from', () => {
  for (const { path, content } of generateConfigFiles(nadirConfig)) {
    expect(readFileSync(new URL(path, ROOT), 'utf8')).toBe(content);
  }
});
