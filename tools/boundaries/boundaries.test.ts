import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Libs that may import nothing but what is listed, and no clock, file system, process or network. */
const PURE = ['event', 'formats', 'sigma', 'anomaly', 'commands', 'detection', 'incidents'];
/** From the inside out: a lib imports only libs that stand before it. */
const ORDER = [
  'event',
  'config',
  'cli',
  'protocol',
  'journal',
  'formats',
  'sigma',
  'anomaly',
  'commands',
  'detection',
  'incidents',
  'decisions',
  'notify',
  'probes',
  'sources',
  'shipping',
  'store',
  'intake',
  'pipeline',
  'api',
];

interface Import {
  readonly file: string;
  readonly from: string;
}

function sourceFiles(dir: string): string[] {
  return readdirSync(join(root, dir), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/node_modules/') && !file.includes('/dist/'));
}

function importsOf(dir: string, only: (file: string) => boolean = () => true): Import[] {
  return sourceFiles(dir)
    .filter(only)
    .flatMap((file) =>
      [
        ...readFileSync(file, 'utf8').matchAll(
          /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]/g,
        ),
      ].map((match) => ({
        file: file.slice(root.length + 1),
        from: match[1]!,
      })),
    );
}

const isProduct = (file: string) => file.includes('/src/') && !/\.(test|bench)\.tsx?$/.test(file);

describe('the house', () => {
  it('has every lib in the order of dependency', () => {
    expect(readdirSync(join(root, 'libs')).sort()).toEqual([...ORDER].sort());
  });

  it.each(readdirSync(join(root, 'apps')))('app %s imports no app', (app) => {
    const others = readdirSync(join(root, 'apps')).filter((name) => name !== app);
    const wrong = importsOf(`apps/${app}`).filter(({ from }) =>
      others.some(
        (other) =>
          from === other ||
          from.startsWith(`${other}/`) ||
          from.includes(`/apps/${other}/`) ||
          from.includes(`../${other}/`),
      ),
    );
    expect(wrong.filter(({ from }) => from.startsWith('../../') || !from.startsWith('.'))).toEqual([]);
  });

  it.each(ORDER)('lib %s imports only libs further in, and never an app', (lib) => {
    const inner = ORDER.slice(0, ORDER.indexOf(lib));
    const wrong = importsOf(`libs/${lib}`, isProduct).filter(({ from }) => {
      const other = /^@suite\/([^/]+)/.exec(from)?.[1];
      return from.includes('/apps/') || (other !== undefined && other !== lib && !inner.includes(other));
    });
    expect(wrong).toEqual([]);
  });

  it.each(PURE)('lib %s is pure', (lib) => {
    const wrong = importsOf(`libs/${lib}`, isProduct).filter(
      ({ from }) =>
        /^node:(fs|net|http|https|child_process|dgram|tls|os|process|timers|worker_threads)/.test(from) &&
        from !== 'node:net',
    );
    expect(wrong).toEqual([]);
    const clocks = sourceFiles(`libs/${lib}`)
      .filter(isProduct)
      .filter((file) =>
        /\bDate\.now\(|\bprocess\.(env|hrtime|cwd)\b|Math\.random\(/.test(readFileSync(file, 'utf8')),
      );
    expect(clocks).toEqual([]);
  });
});
