/** A mounted file system, as /proc/self/mountinfo tells (proc(5)). */
export interface Mount {
  readonly mountPoint: string;
  readonly fsType: string;
}

/** File systems that change from elsewhere, so that inotify does not see every write. */
const REMOTE =
  /^(fuse|fuse\..*|fuseblk|nfs|nfs4|cifs|smb3|smbfs|9p|ceph|glusterfs|afs|lustre|virtiofs|gpfs|beegfs|ocfs2|gfs2)$/;

/** Reads mountinfo; lines that make no sense are passed over. Octal escapes in paths are undone. */
export function parseMounts(text: string): readonly Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split('\n')) {
    const [before, after] = line.split(' - ');
    const mountPoint = before?.split(' ')[4];
    const fsType = after?.split(' ')[0];
    if (mountPoint === undefined || fsType === undefined) continue;
    const plain = mountPoint.replace(/\\([0-7]{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    mounts.push({ mountPoint: plain, fsType });
  }
  return mounts;
}

/** Whether writes to `path` may go unseen by inotify: the mount it is on is FUSE or a network's. */
export function isRemote(mounts: readonly Mount[], path: string): boolean {
  let best: Mount | undefined;
  for (const mount of mounts) {
    const inside =
      mount.mountPoint === '/' || path === mount.mountPoint || path.startsWith(`${mount.mountPoint}/`);
    // Of two mounts on one point the later covers the earlier.
    if (inside && (best === undefined || mount.mountPoint.length >= best.mountPoint.length)) best = mount;
  }
  return best !== undefined && REMOTE.test(best.fsType);
}
