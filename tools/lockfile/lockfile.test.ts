import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Lockfile, missingPlatformPackages, platformEntry } from './platform-packages.ts';

const lock = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'),
) as Lockfile;

it('the lockfile names every platform’s binaries, or npm ci refuses it everywhere', () => {
  expect(missingPlatformPackages(lock)).toEqual([]);
});

it('the lockfile names no registry', () => {
  expect(JSON.stringify(lock)).not.toMatch(/"resolved":"http/);
});

it('reads a platform from a package’s name', () => {
  const entry = (name: string) => platformEntry({ path: '', name, version: '1.0.0', dev: true });
  expect(entry('@nx/nx-darwin-arm64')).toMatchObject({ os: ['darwin'], cpu: ['arm64'], optional: true });
  expect(entry('@nx/nx-linux-x64-musl')).toMatchObject({ os: ['linux'], cpu: ['x64'], libc: ['musl'] });
  expect(entry('@nx/nx-linux-arm-gnueabihf')).toMatchObject({ os: ['linux'], cpu: ['arm'] });
  expect(entry('@rolldown/binding-wasm32-wasi')).toMatchObject({ cpu: ['wasm32'] });
});
