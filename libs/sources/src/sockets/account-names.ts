import { readFileSync, statSync } from 'node:fs';

const LARGEST_BYTES = 1024 * 1024;

/** Names of accounts by uid, from /etc/passwd; read again when it changed. */
export interface AccountNames {
  nameOf(uid: number): string | undefined;
}

export function createAccountNames(passwdPath: string): AccountNames {
  let names = new Map<number, string>();
  let seen = '';

  function refresh(): void {
    try {
      const { mtimeMs, size, ino } = statSync(passwdPath);
      const signature = `${mtimeMs}:${size}:${ino}`;
      if (signature === seen || size > LARGEST_BYTES) return;
      seen = signature;
      names = new Map();
      for (const line of readFileSync(passwdPath, 'utf8').split('\n')) {
        const [name, , uid] = line.split(':', 3);
        if (name && uid && /^\d+$/.test(uid) && !names.has(Number(uid))) names.set(Number(uid), name);
      }
    } catch {
      names = new Map();
    }
  }

  return {
    nameOf(uid) {
      refresh();
      return names.get(uid);
    },
  };
}
