import { join } from 'node:path';

/** Where a running agent writes its status. */
export const statusFile = (stateDir: string) => join(stateDir, 'status.json');
