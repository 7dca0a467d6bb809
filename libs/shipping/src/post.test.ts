import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createPoster } from './post.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** A self-signed certificate that is its own authority. */
function makeCertificate(): { cert: string; key: string } {
  const dir = mkdtempSync(join(tmpdir(), 'post-tls-'));
  try {
    const [cert, key] = [join(dir, 'cert'), join(dir, 'key')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...curve, ...subject, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

it.skipIf(!hasOpenssl)(
  `speaks mutual TLS with the cluster's authority, and with nobody else${hasOpenssl ? '' : ' (needs openssl)'}`,
  async () => {
    const { cert, key } = makeCertificate();
    const options = { cert, key, ca: cert, requestCert: true, rejectUnauthorized: true };
    const server = createServer(options, (request, response) => {
      request.resume().on('end', () => response.end(request.url));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/base/`;
    const known = createPoster({ url, tls: { ca: cert, cert, key } });
    const unsure = createPoster({ url, tls: { cert, key } });
    const anonymous = createPoster({ url, tls: { ca: cert } });
    const { signal } = new AbortController();
    const send = (poster: typeof known) => poster.post('/v1/logs', {}, Buffer.from('x'), signal);
    try {
      expect(await send(known)).toMatchObject({ status: 200, text: '/base/v1/logs' });
      expect(await send(known)).toMatchObject({ status: 200 });
      await expect(send(unsure)).rejects.toThrow('self-signed');
      await expect(send(anonymous)).rejects.toThrow();
    } finally {
      for (const poster of [known, unsure, anonymous]) poster.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  },
);
