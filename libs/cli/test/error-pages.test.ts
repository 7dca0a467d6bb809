import { readdirSync, readFileSync } from 'node:fs';
import { cliCatalogue, ERROR_PAGES_DIR, errorIndex, errorPages } from '@suite/cli';
import { expect, it } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const names = readdirSync(new URL(ERROR_PAGES_DIR, ROOT));

it('has a page for every shared code, and a shared code for every such page', () => {
  const pages = errorPages('nadir', cliCatalogue);
  for (const { path, content } of pages) expect(readFileSync(new URL(path, ROOT), 'utf8')).toBe(content);
  const found = names.filter((name) => name.startsWith('CLI_')).map((name) => `${ERROR_PAGES_DIR}/${name}`);
  expect(found.toSorted()).toEqual(pages.map(({ path }) => path).toSorted());
});

it('has an index of all pages', () => {
  const contents = new Map(
    names.map((name) => [name, readFileSync(new URL(`${ERROR_PAGES_DIR}/${name}`, ROOT), 'utf8')]),
  );
  const index = errorIndex(contents);
  expect(contents.get('README.md')).toBe(index.content);
  for (const name of names) if (name !== 'README.md') expect(index.content).toContain(`(${name})`);
});

it('tells in every page why, what to do and what to run', () => {
  for (const name of names) {
    if (name === 'README.md') continue;
    const page = readFileSync(new URL(`${ERROR_PAGES_DIR}/${name}`, ROOT), 'utf8');
    expect(page).toMatch(
      /## Why\n\n.+[\s\S]+## What to do\n\n.+[\s\S]+## Example\n\n```\n[\s\S]+\n {2}\S.*\n```\n$/,
    );
  }
});
