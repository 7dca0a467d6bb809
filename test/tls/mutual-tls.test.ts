import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createPair } from '../../tools/harness/pair.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const clean: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step();
});

/** An authority and a certificate of it for 127.0.0.1, as PEM files. */
function makeCertificates(dir: string) {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=test-ca',
    '-days',
    '2',
  );
  openssl('req', ...key, '-keyout', 'node.key', '-out', 'node.csr', '-subj', '/CN=node1');
  writeFileSync(join(dir, 'ext'), 'subjectAltName=IP:127.0.0.1\n');
  openssl(
    'x509',
    '-req',
    '-in',
    'node.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'node.pem',
    '-days',
    '2',
    '-extfile',
    'ext',
  );
  return { ca: join(dir, 'ca.pem'), cert: join(dir, 'node.pem'), key: join(dir, 'node.key') };
}

function lineCount(database: string): number {
  try {
    const db = new DatabaseSync(database, { readOnly: true, timeout: 5000 });
    try {
      return Number(db.prepare('SELECT count(*) AS n FROM record').get()?.n);
    } finally {
      db.close();
    }
  } catch {
    return 0;
  }
}

describe.skipIf(!hasOpenssl)('between nodes, with mutual TLS (needs openssl)', () => {
  it('an agent with a certificate delivers; a client without one gets no answer at all', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tls-'));
    clean.push(() => rmSync(dir, { recursive: true, force: true }));
    const logs = join(dir, 'logs');
    mkdirSync(logs);
    writeFileSync(join(logs, 'app.log'), 'one\ntwo\nthree\n');
    const tls = makeCertificates(dir);
    const pair = await createPair(dir, { paths: [`${logs}/*.log`], tls });
    clean.push(async () => {
      await pair.tom.end('SIGKILL');
      await pair.nadir.end('SIGKILL');
    });
    pair.nadir.start();
    pair.tom.start();
    const limit = performance.now() + 25_000;
    while (lineCount(pair.database) < 3 && performance.now() < limit) await delay(100);
    expect(lineCount(pair.database), pair.tom.said + pair.nadir.said).toBe(3);

    const refused = await new Promise<string>((resolve) => {
      const ca = readFileSync(tls.ca);
      const headers = { authorization: `Bearer ${pair.token}` };
      const asked = request(
        { host: '127.0.0.1', port: pair.port, path: '/api/v1/nodes', ca, headers },
        (response) => resolve(`answered ${response.statusCode}`),
      );
      asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      asked.end();
    });
    expect(refused).toMatch(/ERR_SSL|ECONNRESET|EPROTO/);
  }, 60_000);
});
