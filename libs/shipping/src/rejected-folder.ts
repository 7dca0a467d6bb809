import { mkdir, readdir, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const LIMIT_BYTES = 64 * 1024 * 1024;

/** Keeps a copy of a body for whoever looks into why it was refused; the oldest go when there are over 64 MiB. */
export async function keepRejected(dir: string, name: string, body: Buffer): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await writeFile(join(dir, name), body, { mode: 0o600 });
  const files: { name: string; sizeBytes: number; modifiedMs: number }[] = [];
  for (const entry of await readdir(dir)) {
    const { size, mtimeMs } = await stat(join(dir, entry));
    files.push({ name: entry, sizeBytes: size, modifiedMs: mtimeMs });
  }
  files.sort((a, b) => a.modifiedMs - b.modifiedMs || (a.name < b.name ? -1 : 1));
  let total = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  for (const file of files) {
    if (total <= LIMIT_BYTES) return;
    await unlink(join(dir, file.name));
    total -= file.sizeBytes;
  }
}
