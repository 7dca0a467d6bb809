import { userInfo } from 'node:os';
import type { AppError } from '@suite/cli';
import { ConfigError, formatProblem } from '@suite/config';
import { JournalLockedError } from '@suite/journal';
import { nadirErrors } from './errors.ts';

/** The catalogue's words for what a library threw; null where there are none. */
export function translate(error: unknown): AppError | null {
  if (error instanceof ConfigError) {
    const problems = error.problems.map(formatProblem);
    return nadirErrors.NADIR_CONFIG_INVALID({ config: error.file ?? null, problems }, { cause: error });
  }
  if (error instanceof JournalLockedError) {
    return nadirErrors.NADIR_JOURNAL_LOCKED({ dir: error.dir, pid: error.pid }, { cause: error });
  }
  if (!(error instanceof Error) || !('code' in error)) return null;
  const { code, path = '' } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'DISK_FULL':
    case 'STORE_FULL':
      return nadirErrors.NADIR_DISK_FULL({ path: path || 'data_dir' }, { cause: error });
    case 'EACCES':
    case 'EROFS':
    case 'EPERM':
      return nadirErrors.NADIR_DATA_DIR_NOT_WRITABLE(
        { dir: path, user: userInfo().username },
        { cause: error },
      );
    default:
      return null;
  }
}
