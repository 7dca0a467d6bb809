import { userInfo } from 'node:os';
import type { AppError } from '@suite/cli';
import { ConfigError, formatProblem } from '@suite/config/problem';
import { JournalLockedError } from '@suite/journal';
import { tomErrors } from './errors.ts';

/** The catalogue's words for what a library threw; null where there are none. */
export function translate(error: unknown): AppError | null {
  if (error instanceof ConfigError) {
    return tomErrors.TOM_CONFIG_INVALID(
      { config: error.file ?? null, problems: error.problems.map(formatProblem) },
      { cause: error },
    );
  }
  if (error instanceof JournalLockedError) {
    return tomErrors.TOM_ALREADY_RUNNING({ dir: error.dir, pid: error.pid }, { cause: error });
  }
  if (!(error instanceof Error) || !('code' in error)) return null;
  const { code, path = '' } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'DISK_FULL':
      return tomErrors.TOM_DISK_FULL({ path: path || 'state_dir' }, { cause: error });
    case 'EACCES':
    case 'EROFS':
    case 'EPERM':
      return tomErrors.TOM_STATE_DIR_NOT_WRITABLE({ dir: path, user: userInfo().username }, { cause: error });
    default:
      return null;
  }
}
