import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePrivateDatabase } from './private-file.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'private-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('a database file', () => {
  it('is made for its owner alone', () => {
    makePrivateDatabase(join(dir, 'new.db'));
    expect(mode(join(dir, 'new.db'))).toBe('600');
  });

  it('that others could read is closed to them, with what stands beside it, and keeps its content', () => {
    const paths = ['old.db', 'old.db-wal', 'old.db-shm'].map((name) => join(dir, name));
    for (const path of paths) {
      writeFileSync(path, 'x');
      chmodSync(path, 0o644);
    }
    makePrivateDatabase(paths[0]!);
    expect(paths.map(mode)).toEqual(['600', '600', '600']);
    expect(statSync(paths[0]!).size).toBe(1);
  });

  it('in memory is none', () => {
    expect(() => makePrivateDatabase(':memory:')).not.toThrow();
  });
});
