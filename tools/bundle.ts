import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

// `node tools/bundle.ts APP`: one file an app (and one for NADIR's worker) in apps/APP/dist, for production: starts in
// a third of the time and needs less memory than the sources.

const root = join(import.meta.dirname, '..');
const ENTRIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tom: { tom: 'apps/tom/src/main.ts', 'config-reader': 'apps/tom/src/config-reader.ts' },
  nadir: { nadir: 'apps/nadir/src/main.ts', worker: 'libs/pipeline/src/worker.ts' },
};

const app = process.argv[2] ?? '';
const input = ENTRIES[app];
if (!input) {
  process.stderr.write(`usage: node tools/bundle.ts ${Object.keys(ENTRIES).join('|')}\n`);
  process.exit(2);
}
const dist = join(root, 'apps', app, 'dist');
rmSync(dist, { recursive: true, force: true });
const bundle = await rolldown({ input: { ...input }, cwd: root, platform: 'node', logLevel: 'warn' });
await bundle.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].mjs',
  chunkFileNames: 'chunk-[hash].mjs',
  minify: false,
});
await bundle.close();
if (app === 'nadir') cpSync(join(root, 'rules'), join(dist, 'rules'), { recursive: true });
const consoleDist = join(root, 'apps/console/dist');
if (app === 'nadir' && existsSync(consoleDist))
  cpSync(consoleDist, join(dist, 'console'), { recursive: true });
