import { readdirSync, readFileSync } from 'node:fs';
import { ERROR_PAGES_DIR, errorPages } from '@suite/cli';
import { expect, it } from 'vitest';
import { nadirCatalogue } from './errors.ts';

const ROOT = new URL('../../../', import.meta.url);

it('has a page for every code that says what the code says', () => {
  for (const { path, content } of errorPages('nadir', nadirCatalogue)) {
    expect(readFileSync(new URL(path, ROOT), 'utf8')).toBe(content);
  }
});

it('has a code for every page', () => {
  const pages = readdirSync(new URL(ERROR_PAGES_DIR, ROOT)).filter((name) => name.startsWith('NADIR_'));
  expect(pages.toSorted()).toEqual(
    Object.keys(nadirCatalogue.table)
      .map((code) => `${code}.md`)
      .toSorted(),
  );
});
