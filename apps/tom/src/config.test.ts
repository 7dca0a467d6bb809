import { readFileSync } from 'node:fs';
import { generateConfigFiles, loadConfig } from '@suite/config';
import { expect, it } from 'vitest';
import { tomConfig } from './config.ts';

const ROOT = new URL('../../../', import.meta.url);

const SECRET = 'sixteen-characters';

function load(yaml: string, env: Readonly<Record<string, string>> = {}) {
  const readFile = async (path: string) => ({
    bytes: Buffer.from(path === 'tom.yml' ? yaml : SECRET),
    mode: 0o600,
  });
  return loadConfig({ definition: tomConfig, file: 'tom.yml', env, readFile });
}

it('holds without a file', async () => {
  const { config } = await load('');
  expect(config.state_dir).toBe('/var/lib/tom');
  expect(config.spool.max_size).toBe(1024 ** 3);
  expect(config.probes.interval).toBe(10_000);
  expect(config.files[0]).toMatchObject({ start: 'beginning' });
  expect(config.files[0]?.paths).toContain('/var/log/**/*.log');
  expect(config.journald.enabled).toBe('auto');
});

it('holds with the example of its reference page', async () => {
  const { config } = await load(tomConfig.example);
  expect(config.nadir.token).toBe(SECRET);
  expect(config.files).toHaveLength(2);
  expect(config.files[1]?.format).toBe('json');
});

it.each([
  ['nadir: {tls: {cert: /c}}', /nadir\.tls\.key: is missing: a certificate and its key go together/],
  ['nadir: {url: "ftp://x"}', /nadir\.url: found "ftp:\/\/x", expected an address such as https/],
  [
    'nadir: {url: "https://u:p@x"}',
    /^tom\.yml:1:14: nadir\.url: must hold no user or password; use nadir\.token_file$/,
  ],
  ['spool: {max_size: 1MiB}', /spool\.segment_size: must be at most half of spool\.max_size/],
  ['agent: {id: "a b"}', /agent\.id: found "a b", expected 1 to 64 letters/],
  [
    'files: [{paths: []}]',
    /files\[0\]\.paths: found an empty list, expected a list of text of at least 1 entries/,
  ],
  ['probes: {enabled: [cpus]}', /probes\.enabled\[0\]: found "cpus".*did you mean "cpu"\?/],
  ['nadir: {token: short}', /expected a secret of at least 16 characters/],
])('refuses %s', async (yaml, message) => {
  await expect(load(yaml)).rejects.toThrow(message);
});

it('takes lists and addresses from variables', async () => {
  const { config } = await load('', {
    TOM_NADIR_URL: 'https://n:1',
    TOM_PROBES_ENABLED: 'cpu,load',
    TOM_FILES: '[{paths: [/x]}]',
    TOM_JOURNALD_ENABLED: 'false',
  });
  expect(config.nadir.url).toBe('https://n:1');
  expect(config.probes.enabled).toEqual(['cpu', 'load']);
  expect(config.files).toEqual([{ paths: ['/x'], exclude: [], start: 'beginning' }]);
  expect(config.journald.enabled).toBe(false);
});

it('is what the checked-in schema and reference were generated from', () => {
  for (const { path, content } of generateConfigFiles(tomConfig)) {
    expect(readFileSync(new URL(path, ROOT), 'utf8')).toBe(content);
  }
});
