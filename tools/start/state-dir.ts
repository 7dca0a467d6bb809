import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where `npm start` keeps spool, journal and store: the user's state folder, so that a new clone goes on with it. */
export function stateDir(env: Readonly<Record<string, string | undefined>>): string {
  const base = env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state');
  return join(base, 'suite');
}
