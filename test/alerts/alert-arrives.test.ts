import { appendFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Alert } from '@suite/event';
import { afterEach, describe, expect, it } from 'vitest';
import { askApi } from '../../tools/harness/nadir-api.ts';
import { createPair } from '../../tools/harness/pair.ts';
import { Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

const ATTACKER = '198.18.0.9';
const SECRET = 'the-secret-part-of-the-address';

let scratch: Scratch;
afterEach(() => scratch.remove());

/** A service that takes alerts; while `away` it answers 503. */
async function receiver() {
  const took: Alert[] = [];
  const state = { away: false, refused: 0 };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      if (state.away) state.refused += 1;
      else took.push(JSON.parse(body) as Alert);
      response.writeHead(state.away ? 503 : 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  scratch.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${SECRET}`, took, state };
}

function line(message: string): string {
  const time = new Date().toISOString().replace('Z', '000+00:00');
  return `${time} node1 sshd[4242]: ${message}\n`;
}
const failures = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    line(`Failed password for root from ${ATTACKER} port ${40_000 + n} ssh2`).replace('4242', `${5000 + n}`),
  ).join('');

describe('an alert on its way to a person', () => {
  it('arrives once: over an outage of the service and NADIR killed meanwhile', async () => {
    scratch = new Scratch('alerts');
    const { url, took, state } = await receiver();
    const log = join(scratch.folder('logs'), 'auth.log');
    writeFileSync(log, '');
    const urlFile = join(scratch.dir, 'hook');
    writeFileSync(urlFile, url, { mode: 0o600 });
    const pair = await createPair(scratch.dir, {
      paths: [log],
      nadir: `notify: { webhook: [{ name: hook, url_file: ${urlFile} }] }\n`,
    });
    scratch.owns(pair);
    state.away = true;
    pair.nadir.start();
    pair.tom.start();
    appendFileSync(log, failures(8));
    await until('the alert was refused', () => state.refused > 0);
    await until('NADIR says so', async () => {
      const { problems } = await askApi<{ problems: string[] }>(pair, 'health');
      return problems.some((text) => text.includes('hook') && text.includes('503'));
    });
    expect(JSON.stringify(await askApi(pair, 'health'))).not.toContain(SECRET);

    await pair.nadir.end('SIGKILL');
    expect(pair.nadir.said).not.toContain(SECRET);
    state.away = false;
    pair.nadir.start();
    await until('the alert arrived', () => took.length > 0, 60_000);
    expect(took[0]).toMatchObject({
      kind: 'incident',
      level: 'medium',
      entities: { 'source.address': [ATTACKER] },
    });
    expect(took[0]!.lines.length).toBeGreaterThan(0);

    // The break-in after it is another reason to be told; nothing is told twice.
    appendFileSync(log, line(`Accepted password for root from ${ATTACKER} port 50000 ssh2`));
    await until('the break-in is told', () => took.some(({ level }) => level === 'critical'));
    const ids = took.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }, 120_000);
});
