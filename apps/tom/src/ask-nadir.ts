import { readFile } from 'node:fs/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { TomConfig } from './config.ts';

const TIMEOUT_MS = 5_000;

/**
 * Asks NADIR's intake with an empty batch, which it answers without writing anything.
 * @returns the HTTP status. @throws when there is no answer.
 */
export async function askNadir({ nadir }: TomConfig, token: string, signal: AbortSignal): Promise<number> {
  const url = new URL('v1/logs', nadir.url.endsWith('/') ? nadir.url : `${nadir.url}/`);
  const { ca, cert, key } = nadir.tls;
  const tls = {
    ...(ca ? { ca: await readFile(ca) } : {}),
    ...(cert && key ? { cert: await readFile(cert), key: await readFile(key) } : {}),
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(
      url,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/x-protobuf',
          'content-length': 0,
        },
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        ...tls,
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    request.on('error', reject);
    request.end();
  });
}
