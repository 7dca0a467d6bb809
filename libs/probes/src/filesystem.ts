import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type DiskMount, parseDiskMounts } from './disk-mounts.ts';
import type { Probe, ProbePoint } from './port.ts';
import { type ProbeRoots, readProc } from './proc-file.ts';

/** What statfs(2) says, in blocks. */
export interface FileSystemSize {
  readonly bsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
}

export interface FileSystemProbeOptions extends ProbeRoots {
  readonly statfs?: (path: string) => Promise<FileSystemSize>;
  /** A mount that does not answer for so long is left out, and not asked again until it has answered. Default 2,000. */
  readonly timeoutMs?: number;
}

/**
 * `system.filesystem.usage`, `.utilization` by `system.filesystem.state` (used, free: for users, reserved),
 * `.limit`, and `system.filesystem.inode.usage` for every mounted disk, by device, mount point and type.
 */
export function createFilesystemProbe(options: FileSystemProbeOptions): Probe {
  const ask = options.statfs ?? statfs;
  const timeoutMs = options.timeoutMs ?? 2_000;
  // A statfs on a dead server's mount never returns and holds one of libuv's threads: at most one per mount.
  const waiting = new Set<string>();

  async function sizeOf(mount: DiskMount, signal: AbortSignal): Promise<FileSystemSize | null> {
    if (waiting.has(mount.mountPoint)) return null;
    waiting.add(mount.mountPoint);
    const answer = ask(join(options.fsRoot, mount.mountPoint)).catch(() => null);
    const settled = answer.finally(() => waiting.delete(mount.mountPoint));
    let cancel = () => {};
    const late = new Promise<null>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs, null);
      const give = () => resolve(null);
      signal.addEventListener('abort', give, { once: true });
      cancel = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', give);
      };
    });
    try {
      return await Promise.race([settled, late]);
    } finally {
      cancel();
    }
  }

  return {
    name: 'filesystem',
    async read(signal) {
      // Process 1 sees the host's mounts where the agent runs in a container with the host's /proc.
      const ofInit = await readProc(options.procRoot, '1/mountinfo', signal).catch(() => null);
      const text = ofInit ?? (await readProc(options.procRoot, 'self/mountinfo', signal));
      const mounts = parseDiskMounts(text);
      const sizes = await Promise.all(mounts.map((mount) => sizeOf(mount, signal)));
      signal.throwIfAborted();
      return mounts.flatMap((mount, at) => {
        const size = sizes[at];
        return size === null || size === undefined ? [] : pointsOf(mount, size);
      });
    },
  };
}

function pointsOf(mount: DiskMount, size: FileSystemSize): readonly ProbePoint[] {
  if (size.blocks === 0) return [];
  const base = {
    'system.device': mount.device,
    'system.filesystem.mountpoint': mount.mountPoint,
    'system.filesystem.type': mount.fsType,
  };
  const blocks = { used: size.blocks - size.bfree, free: size.bavail, reserved: size.bfree - size.bavail };
  const points: ProbePoint[] = [
    { name: 'system.filesystem.limit', unit: 'By', attributes: base, value: size.blocks * size.bsize },
  ];
  for (const [state, count] of Object.entries(blocks)) {
    const attributes = { ...base, 'system.filesystem.state': state };
    points.push({ name: 'system.filesystem.usage', unit: 'By', attributes, value: count * size.bsize });
    points.push({ name: 'system.filesystem.utilization', unit: '1', attributes, value: count / size.blocks });
  }
  if (size.files === 0) return points;
  for (const [state, value] of Object.entries({ used: size.files - size.ffree, free: size.ffree })) {
    const attributes = { ...base, 'system.filesystem.state': state };
    points.push({ name: 'system.filesystem.inode.usage', unit: '{inode}', attributes, value });
  }
  return points;
}
