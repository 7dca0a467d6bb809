import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Builds the console unless Nx has this very state of it in its cache. @returns whether it stands. */
export function buildConsole(): boolean {
  const result = spawnSync(
    join(root, 'node_modules/.bin/nx'),
    ['run', 'console:build', '--outputStyle=static'],
    {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
      encoding: 'utf8',
    },
  );
  if (result.status === 0) return true;
  process.stderr.write(
    `${result.stdout ?? ''}${result.stderr ?? ''}The console could not be built; going on without it.\n`,
  );
  return false;
}
