import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UNPACKED_PACKAGES } from '../provision/packages.ts';

/**
 * A peer's Debian packages, taken apart in a folder of their own beside the system.
 * @returns the folder that stands for `/`, or null where they cannot be had.
 */
export function provideUnpacked(name: keyof typeof UNPACKED_PACKAGES): string | null {
  const dir = unpackedRoot(name);
  if (existsSync(join(dir, 'usr'))) return dir;
  mkdirSync(dir, { recursive: true });
  const download = spawnSync('apt-get', ['download', '-q', ...UNPACKED_PACKAGES[name]], { cwd: dir });
  if (download.status !== 0) return null;
  for (const deb of readdirSync(dir).filter((file) => file.endsWith('.deb'))) {
    if (spawnSync('dpkg', ['-x', deb, '.'], { cwd: dir }).status !== 0) return null;
  }
  return dir;
}

export function unpackedRoot(name: keyof typeof UNPACKED_PACKAGES): string {
  return join(import.meta.dirname, '../../.cache', name);
}
