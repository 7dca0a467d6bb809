import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeConformance } from '../../test/conformance.ts';
import { openSqliteReader } from './reader.ts';
import { openSqliteWriter } from './writer.ts';

storeConformance('the embedded store', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'store-sqlite-'));
  const path = join(dir, 'store.db');
  return {
    openWriter: async () => openSqliteWriter({ path, retention: { ageMs: 1e14, sizeBytes: 1e12 } }),
    openReader: async () => openSqliteReader({ path }),
    settled: async () => undefined,
    remove: async () => rmSync(dir, { recursive: true, force: true }),
    rawLimitBytes: Number.POSITIVE_INFINITY,
  };
});
