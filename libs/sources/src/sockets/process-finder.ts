import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';

/** Whose socket it is. */
export interface SocketOwner {
  readonly pid: number;
  readonly name: string;
  readonly executable?: string;
  /** The program's file is gone: it was replaced by an update, or removed so as not to be found. */
  readonly deleted: boolean;
  /** The socket is its standard input, output or error: what a reverse shell looks like. */
  readonly stdio: boolean;
  /** 64 hexadecimal characters, where it runs in a container that the control group's name tells. */
  readonly container?: string;
}

export interface ProcessFinder {
  /** Owners of sockets by inode, as far as they may be seen and the budget reaches. */
  find(inodes: ReadonlySet<number>): Promise<ReadonlyMap<number, SocketOwner>>;
  /** Gives a poll's share of the budget. */
  refill(): void;
  /** Some processes' files may not be read: those of other accounts need root. */
  readonly denied: boolean;
}

export interface ProcessFinderOptions {
  readonly procRoot: string;
  /** Most links that are read in a row. Default 20,000: about a tenth of a second. */
  readonly budget?: number;
  /** Links a poll adds to the budget. Default 500. */
  readonly refill?: number;
}

interface Found {
  readonly pid: number;
  readonly stdio: boolean;
}

const RECENT = 16;
/** Links read before other work gets its turn. */
const SLICE = 512;

/**
 * Finds processes by the sockets among their open files: /proc has no other way. The look through all of them costs a
 * link per open file, so it has a budget; the owners found last are asked first.
 */
export function createProcessFinder(options: ProcessFinderOptions): ProcessFinder {
  const { procRoot, budget = 20_000, refill = 500 } = options;
  let left = budget;
  let denied = false;
  let recent: number[] = [];
  let sinceBreath = 0;

  async function search(
    pids: readonly number[],
    wanted: Set<number>,
    found: Map<number, Found>,
    isWhole: boolean,
  ) {
    for (const pid of pids) {
      if (wanted.size === 0 || left <= 0) return;
      for (const descriptor of descriptors(pid)) {
        left -= 1;
        sinceBreath += 1;
        const inode = inodeOf(pid, descriptor);
        if (inode === null || !(wanted.has(inode) || found.has(inode))) continue;
        const stdio = Number(descriptor) <= 2;
        // Of several holders the oldest process is the owner, unless it is somebody's standard input.
        if (stdio || !found.get(inode)?.stdio) found.set(inode, { pid, stdio });
        if (stdio || !isWhole) wanted.delete(inode);
      }
      if (sinceBreath >= SLICE) {
        sinceBreath = 0;
        await breathe();
      }
    }
  }

  function descriptors(pid: number): readonly string[] {
    left -= 1;
    try {
      return readdirSync(join(procRoot, `${pid}/fd`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EACCES') denied = true;
      return [];
    }
  }

  function inodeOf(pid: number, descriptor: string): number | null {
    const link = attempt(() => readlinkSync(join(procRoot, `${pid}/fd/${descriptor}`)));
    const inode = link === null ? null : /^socket:\[(\d+)\]$/.exec(link)?.[1];
    return inode ? Number(inode) : null;
  }

  return {
    get denied() {
      return denied;
    },
    refill() {
      left = Math.min(budget, left + refill);
    },
    async find(inodes) {
      const wanted = new Set(inodes);
      wanted.delete(0);
      const found = new Map<number, Found>();
      await search(recent, wanted, found, false);
      if (wanted.size > 0) await search(processes(procRoot), wanted, found, true);
      const owners = new Map<number, SocketOwner>();
      const known = new Map<string, SocketOwner | null>();
      for (const [inode, { pid, stdio }] of found) {
        const key = `${pid}${stdio}`;
        const owner = known.get(key) ?? ownerOf(procRoot, pid, stdio);
        known.set(key, owner);
        if (owner === null) continue;
        owners.set(inode, owner);
        recent = [pid, ...recent.filter((other) => other !== pid)].slice(0, RECENT);
      }
      return owners;
    },
  };
}

/** Newest first, so that the oldest holder of a socket is looked at last. */
function processes(procRoot: string): readonly number[] {
  const names = attempt(() => readdirSync(procRoot)) ?? [];
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => b - a);
}

function ownerOf(procRoot: string, pid: number, stdio: boolean): SocketOwner | null {
  const name = attempt(() => readFileSync(join(procRoot, `${pid}/comm`), 'utf8').trimEnd());
  if (name === null) return null;
  const link = attempt(() => readlinkSync(join(procRoot, `${pid}/exe`)));
  const deleted = link?.endsWith(' (deleted)') ?? false;
  const executable = deleted ? link!.slice(0, -' (deleted)'.length) : link;
  const groups = attempt(() => readFileSync(join(procRoot, `${pid}/cgroup`), 'utf8'));
  const container = /(?:docker[-/]|containerd[-:/]|libpod-)([0-9a-f]{64})/.exec(groups ?? '')?.[1];
  return {
    pid,
    name,
    ...(executable ? { executable } : {}),
    deleted,
    stdio,
    ...(container === undefined ? {} : { container }),
  };
}

/** Processes end while they are looked at. */
function attempt<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}
