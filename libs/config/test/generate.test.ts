import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateConfigFiles, jsonSchema, writeGeneratedFiles } from '@suite/config';
import { expect, it, onTestFinished } from 'vitest';
import { exampleConfig } from './example-config.ts';

it('describes what may be written, with the file of every secret', () => {
  const schema = jsonSchema(exampleConfig) as {
    properties: Record<string, Record<string, unknown>>;
    required?: string[];
  };
  expect(schema.required).toBeUndefined();
  expect(Object.keys(schema.properties)).toContain('token_file');
  expect(schema.properties.http).toMatchObject({
    additionalProperties: false,
    properties: { port: { type: 'integer', minimum: 0, maximum: 65_535, default: 7070 } },
  });
  expect(schema.properties.store).toMatchObject({ anyOf: [{ type: 'string' }, { type: 'object' }] });
  expect(schema.properties.agents).toMatchObject({
    items: {
      required: ['name'],
      allOf: [{ oneOf: [{ required: ['token'] }, { required: ['token_file'] }] }],
    },
  });
});

it('writes the same bytes every time, below the folder that it is given', async () => {
  const root = mkdtempSync(join(tmpdir(), 'config-generate-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const files = generateConfigFiles(exampleConfig);
  expect(generateConfigFiles(exampleConfig)).toEqual(files);
  await writeGeneratedFiles(root, files);
  for (const { path, content } of files) expect(readFileSync(join(root, path), 'utf8')).toBe(content);
  expect(files.map(({ path }) => path)).toEqual(['schemas/example.schema.json', 'docs/config/example.md']);
});

it('makes a table with a row per key, and bars in texts do not break it', () => {
  const page = generateConfigFiles(exampleConfig)[1]!.content;
  expect(page).toContain('| `http.port` | number | `7070` | `EX_HTTP_PORT` | Where \\| to listen. |');
  expect(page).toContain('| `agents[].token` | secret | required |');
  expect(page).toContain('# yaml-language-server: $schema=');
});
