import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lockfile, missingPlatformPackages, platformEntry } from './platform-packages.ts';

// `node tools/lockfile/main.ts`: completes package-lock.json after `npm install` from a registry that lacks binaries of
// other platforms.

const file = join(import.meta.dirname, '../../package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
const missing = missingPlatformPackages(lock);
for (const entry of missing) lock.packages[entry.path] = platformEntry(entry);
const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
process.stdout.write(`${missing.length} entries added\n`);
