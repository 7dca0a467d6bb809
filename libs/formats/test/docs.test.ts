import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../src/index.ts';

const page = readFileSync(new URL('../../../docs/formats.md', import.meta.url), 'utf8');
const section = (title: string) => page.split(/^## /m).find((part) => part.startsWith(title)) ?? '';
const rows = (text: string) => text.split('\n').filter((line) => line.startsWith('| `'));

describe('docs/formats.md', () => {
  it('lists all formats, in the order of the registry', () => {
    const listed = rows(section('The formats')).map((row) => /`([^`]+)`/.exec(row)![1]);
    expect(listed).toEqual(FORMATS.map((format) => format.name));
  });

  it('says what fields each gives, and how sure each is', () => {
    for (const title of ['The fields', 'How a format is found out']) {
      const cells = rows(section(title)).map((row) => row.split('|')[1]);
      const named = new Set(
        cells.flatMap((cell) => [...cell!.matchAll(/`([^`]+)`/g)].map((match) => match[1])),
      );
      expect([...named].sort(), title).toEqual(FORMATS.map((format) => format.name).sort());
    }
  });
});
