/** A mount that holds files on a disk or a server. */
export interface DiskMount {
  readonly mountPoint: string;
  readonly device: string;
  readonly fsType: string;
}

/** File systems of the kernel's own making, and those inside containers and images. */
const NO_DISK =
  /^(autofs|bdev|binfmt_misc|bpf|cgroup2?|configfs|cpuset|debugfs|devpts|devtmpfs|efivarfs|fuse\.(gvfsd-fuse|lxcfs|portal|snapfuse)|fusectl|hugetlbfs|mqueue|nsfs|overlay|proc|pstore|ramfs|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tmpfs|tracefs)$/;

/**
 * Mounts worth measuring out of /proc/self/mountinfo (proc(5)): of several mounts of one device (bind mounts,
 * containers' volumes) the one with the shortest path.
 */
export function parseDiskMounts(text: string): readonly DiskMount[] {
  const byDevice = new Map<string, DiskMount>();
  for (const line of text.split('\n')) {
    const [before, after] = line.split(' - ');
    const [, , number, , mountPoint] = before?.split(' ') ?? [];
    const [fsType, device] = after?.split(' ') ?? [];
    if (number === undefined || mountPoint === undefined || fsType === undefined || device === undefined)
      continue;
    if (NO_DISK.test(fsType)) continue;
    const mount = { mountPoint: unescapeOctal(mountPoint), device: unescapeOctal(device), fsType };
    const known = byDevice.get(number);
    if (known === undefined || mount.mountPoint.length < known.mountPoint.length) byDevice.set(number, mount);
  }
  return [...byDevice.values()];
}

function unescapeOctal(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
