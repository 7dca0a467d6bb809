import type { BigIntStats } from 'node:fs';
import { readlink, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';

const LINK_LIMIT = 40;

/** Where a path of the watched system is on this one: under `root` (e.g. `/host` in a container). */
export function rooted(path: string, root: string): string {
  return root === '/' ? path : join(root, path);
}

/** realpath(3) as a process chrooted to `root` would see it: absolute links stay inside. Rejects with ENOENT, ELOOP. */
export async function resolveInRoot(path: string, root: string): Promise<string> {
  if (root === '/') return realpath(path);
  let todo = path.split('/').filter((part) => part !== '');
  let done = '/';
  for (let links = 0; todo.length > 0; ) {
    const next = resolve(done, todo.shift()!);
    const target = await readlink(rooted(next, root)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EINVAL') return null;
      throw error;
    });
    if (target === null) done = next;
    else {
      if (++links > LINK_LIMIT) throw Object.assign(new Error(`too many links: ${path}`), { code: 'ELOOP' });
      todo = [...target.split('/').filter((part) => part !== ''), ...todo];
      done = isAbsolute(target) ? '/' : dirname(next);
    }
  }
  return done;
}

/** stat(2), links followed as from inside `root`. */
export async function statInRoot(path: string, root: string): Promise<BigIntStats> {
  if (root === '/') return stat(path, { bigint: true });
  return stat(rooted(await resolveInRoot(path, root), root), { bigint: true });
}
