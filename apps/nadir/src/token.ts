import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const TOKEN_BYTES = 32;

export interface Token {
  readonly token: string;
  /** Null when it was configured. */
  readonly file: string | null;
}

/**
 * The token of this NADIR: the configured one, or the one in `data_dir/token`, made at first start. The folder is
 * 0700 and the file 0600; whoever may read it may read everything that NADIR knows.
 */
export async function loadToken(dataDir: string, configured: string | undefined): Promise<Token> {
  if (configured !== undefined) return { token: configured, file: null };
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'token');
  try {
    const handle = await open(file, 'wx', 0o600);
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    await handle.writeFile(`${token}\n`);
    await handle.sync();
    await handle.close();
    return { token, file };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { token: (await readFile(file, 'utf8')).trim(), file };
  }
}
