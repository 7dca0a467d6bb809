/** Why a file cannot be read, in words, with what would help. */
export function unreadableReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `permission denied (${code}): let the agent's user into the group that may read it (on Debian: adm), or run the agent as root`;
    case 'EMFILE':
    case 'ENFILE':
      return `too many open files (${code}): raise LimitNOFILE or lower maxOpenFiles`;
    case 'ENOTREG':
      return 'no regular file: only regular files are followed';
    default:
      return message ?? String(error);
  }
}

/** Whether it is the file that failed: a system call or decompression did. */
export function isReadFailure(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  // The sink's own system calls (a full spool's write) are not the file's.
  if (syscall !== undefined) return ['open', 'read', 'fstat', 'stat', 'close'].includes(syscall);
  return typeof code === 'string' && /^(Z_|ERR_ZLIB|ERR_STREAM)/.test(code);
}
