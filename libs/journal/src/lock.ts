import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from './errno.ts';

/** Another live process has the journal open. */
export class JournalLockedError extends Error {
  override readonly name = 'JournalLockedError';
  readonly code = 'JOURNAL_LOCKED';
  readonly dir: string;
  /** The process that has it; null while several are after it. */
  readonly pid: number | null;

  constructor(message: string, dir: string, pid: number | null) {
    super(message);
    this.dir = dir;
    this.pid = pid;
  }
}

export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes `<dir>/lock` for this process. The file names a process by pid, start time and boot, so that a lock left
 * by SIGKILL, by a reboot or by another container's pid 1 does not block.
 * @throws JournalLockedError when the process that it names is alive.
 */
export async function takeLock(dir: string): Promise<Lock> {
  const path = join(dir, 'lock');
  const own = await describeProcess(process.pid);
  const draft = join(dir, `lock.${process.pid}`);
  for (let attempt = 0; attempt < 20; attempt++) {
    const holder = await readHolder(path);
    if (holder !== undefined) {
      const pid = Number.parseInt(holder, 10);
      if (pid > 0 && (await describeProcess(pid)) === holder) {
        throw new JournalLockedError(
          `journal ${dir} is in use by process ${pid}; stop that one first`,
          dir,
          pid,
        );
      }
      await removeStale(path, holder, `${draft}.stale`);
    }
    // A link appears whole or not at all: a lock file is never seen half written.
    await writeFile(draft, own, { mode: 0o600 });
    try {
      await link(draft, path);
    } catch (error) {
      if (isErrno(error, 'EEXIST')) continue;
      throw error;
    } finally {
      await unlink(draft).catch(() => undefined);
    }
    if ((await readHolder(path)) !== own) continue;
    return {
      release: async () => {
        if ((await readHolder(path)) === own) await unlink(path).catch(() => undefined);
      },
    };
  }
  throw new JournalLockedError(
    `journal ${dir} is being opened by several processes at once; try again`,
    dir,
    null,
  );
}

async function removeStale(path: string, stale: string, aside: string): Promise<void> {
  try {
    await rename(path, aside);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return;
    throw error;
  }
  // Somebody else may have replaced the stale lock in between: theirs goes back.
  if ((await readHolder(aside)) !== stale) await link(aside, path).catch(() => undefined);
  await unlink(aside).catch(() => undefined);
}

async function readHolder(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'latin1')).slice(0, 256);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** `pid start boot`; just the pid where there is no /proc and the process is alive; empty when it is gone. */
async function describeProcess(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    // proc(5): field 22 is the start time in ticks since boot; field 2 may hold blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const start = fields[19] ?? '';
    // Killed, but not yet waited for by its parent: it holds no files any more.
    if (fields[0] === 'Z' || fields[0] === 'X') return '';
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => '');
    return `${pid} ${start} ${boot.trim()}`;
  } catch {
    if (process.platform === 'linux') return '';
    try {
      process.kill(pid, 0);
      return String(pid);
    } catch {
      return '';
    }
  }
}
