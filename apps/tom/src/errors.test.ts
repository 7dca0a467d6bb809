import { readdirSync, readFileSync } from 'node:fs';
import { ERROR_PAGES_DIR, errorPages } from '@suite/cli';
import { expect, it } from 'vitest';
import { tomCatalogue } from './errors.ts';

const ROOT = new URL('../../../', import.meta.url);

it('has a page for every code that says what the code says', () => {
  for (const { path, content } of errorPages('tom', tomCatalogue)) {
    expect(readFileSync(new URL(path, ROOT), 'utf8')).toBe(content);
  }
});

it('has a code for every page', () => {
  const pages = readdirSync(new URL(ERROR_PAGES_DIR, ROOT)).filter((name) => name.startsWith('TOM_'));
  expect(pages.toSorted()).toEqual(
    Object.keys(tomCatalogue.table)
      .map((code) => `${code}.md`)
      .toSorted(),
  );
});
