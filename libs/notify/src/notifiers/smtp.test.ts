import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../port.ts';
import { testAlert } from '../test-alert.ts';
import { plainText } from '../wording.ts';
import { type SmtpSettings, smtp } from './smtp.ts';

const PYTHON = '/usr/bin/python3';
/** A real SMTP server from Debian (python3-aiosmtpd); it prints the mails that it takes. */
const hasServer = spawnSync(PYTHON, ['-c', 'import aiosmtpd']).status === 0;
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    const gone = once(child, 'exit');
    if (child.kill('SIGKILL')) await gone;
  }
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

async function startServer(...flags: string[]): Promise<{ port: number; mails: () => string }> {
  const port = await freePort();
  const argv = [
    '-u',
    '-m',
    'aiosmtpd',
    '-n',
    '-l',
    `127.0.0.1:${port}`,
    '-c',
    'aiosmtpd.handlers.Debugging',
    'stdout',
    ...flags,
  ];
  const child = spawn(PYTHON, argv, { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  let mails = '';
  child.stdout.on('data', (chunk: Buffer) => {
    mails += chunk.toString();
  });
  for (let attempt = 0; attempt < 200; attempt++) {
    const socket = createConnection({ host: '127.0.0.1', port });
    const ok = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (ok) return { port, mails: () => mails };
    await delay(50);
  }
  throw new Error('the SMTP server did not start');
}

const settings = (port: number, more: Partial<SmtpSettings> = {}): SmtpSettings => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  from: 'nadir@example.org',
  to: ['ops@example.org', 'night@example.org'],
  render: plainText,
  ...more,
});
const alert = { ...testAlert('mail', 1_700_000_000_000_000), title: 'Break-in\r\nBcc: everyone@example.org' };

describe.skipIf(!hasServer)('mail through a real SMTP server (needs python3-aiosmtpd)', () => {
  it('arrives with subject, text and one Message-ID, and no header from a log line', async () => {
    const server = await startServer();
    await smtp(settings(server.port)).send(alert, AbortSignal.timeout(10_000));
    for (let i = 0; i < 100 && !server.mails().includes('END MESSAGE'); i++) await delay(20);
    const mail = server.mails();
    expect(mail).toContain('To: ops@example.org, night@example.org');
    expect(mail).toMatch(/^Message-ID: <test-mail-1700000000000000@example.org>$/im);
    expect(mail).toMatch(/^Auto-Submitted: auto-generated$/im);
    expect(mail).not.toMatch(/^Bcc:/im);
    expect(mail).toContain('What to do next');
  });

  it('sends nothing in the clear when TLS is wanted and the server has none', async () => {
    const server = await startServer();
    const error = await smtp(
      settings(server.port, { security: 'starttls', user: 'u', password: 'secret-word' }),
    )
      .send(alert, AbortSignal.timeout(10_000))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DeliveryError);
    expect((error as Error).message).not.toContain('secret-word');
    expect(server.mails()).toBe('');
  });

  it('tells a refusal for good from one that passes', async () => {
    const server = await startServer('-s', '100');
    const error = await smtp(settings(server.port))
      .send(alert, AbortSignal.timeout(10_000))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ transient: false });
    const nobody = await smtp(settings(await freePort()))
      .send(alert, AbortSignal.timeout(10_000))
      .catch((thrown: unknown) => thrown);
    expect(nobody).toMatchObject({ transient: true });
  });
});
