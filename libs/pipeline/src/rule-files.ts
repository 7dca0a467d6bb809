import { constants } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS, type RuleFile } from '@suite/sigma';

/** A rule file, or why it cannot be read. */
export type ReadRuleFile = RuleFile | { readonly path: string; readonly unreadable: string };

/** More of a folder are left out. */
export const MOST_FILES = 10_000;
const DEPTH = 8;
const RULE_FILE = /\.ya?ml$/i;

/**
 * The paths of all `*.yml` and `*.yaml` files below a folder (hidden ones left out), sorted, or the file itself when
 * the path is one. At most 10,000 files, 8 folders deep.
 *
 * @throws when the path is not there or may not be listed.
 */
export async function listRuleFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const found: string[] = [];
  await walk(path, 0, found);
  return found.sort();
}

async function walk(dir: string, depth: number, found: string[]): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || found.length >= MOST_FILES) continue;
    const path = join(dir, entry.name);
    const kind = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry;
    if (kind?.isDirectory() && !entry.isSymbolicLink() && depth < DEPTH) await walk(path, depth + 1, found);
    else if (kind?.isFile() && RULE_FILE.test(entry.name)) found.push(path);
  }
}

/**
 * Reads the files; one that cannot be read, or is larger than any rule, is named and the rest goes on. What is beyond
 * twice of what the loader takes altogether is not read.
 */
export async function readRuleFiles(paths: readonly string[]): Promise<ReadRuleFile[]> {
  const files: ReadRuleFile[] = [];
  let left = LIMITS.totalChars * 2;
  for (const path of paths) {
    const file: ReadRuleFile =
      left > 0 ? await readRuleFile(path) : { path, unreadable: 'is beyond what all rule files may hold' };
    if ('text' in file) left -= file.text.length;
    files.push(file);
  }
  return files;
}

async function readRuleFile(path: string): Promise<ReadRuleFile> {
  try {
    // A pipe that nobody writes to would be waited for.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const info = await file.stat();
      if (!info.isFile()) return { path, unreadable: 'is no regular file' };
      // One more than the loader takes: it says why.
      const most = LIMITS.fileChars * 4;
      const bytes = info.size > most ? null : await readUpTo(file, most);
      if (bytes === null) return { path, unreadable: `is larger than ${most / 1_048_576} MiB` };
      return { path, text: bytes.toString('utf8') };
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { path, unreadable: `cannot be read${code ? ` (${code})` : ''}` };
  }
}

const CHUNK_BYTES = 65_536;

/** The whole file; null when there is more, whatever size it says it has: those of /proc say 0. */
async function readUpTo(file: FileHandle, mostBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  for (let size = 0; size <= mostBytes; ) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, null);
    if (bytesRead === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, bytesRead));
    size += bytesRead;
  }
  return null;
}
