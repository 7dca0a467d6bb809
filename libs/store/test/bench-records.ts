import { type LogRecord, recordId } from '@suite/event';

/** Failed logins of four nodes, 50 a second of the log, from many addresses. */
export function benchRecords(start: number, count: number): LogRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const n = start + i;
    const user = `user${(n * 7) % 911}`;
    const address = `10.${n % 13}.${(n * 31) % 251}.${(n * 17) % 253}`;
    const message = `Failed password for invalid user ${user} from ${address} port ${1024 + (n % 60_000)} ssh2`;
    const offset = n * 150;
    const timeUs = 1_700_000_000_000_000 + Math.floor(n / 50) * 1_000_000;
    const stream = `8:1:${n % 4}`;
    return {
      id: recordId('agent-1', stream, offset),
      origin: {
        agent: 'agent-1',
        host: `node${n % 4}`,
        kind: 'file',
        path: `/var/log/auth${n % 4}.log`,
        stream,
        offset,
      },
      raw: `Nov 14 22:13:20 node${n % 4} sshd[${n % 32_000}]: ${message}`,
      format: 'sshd',
      timeUs,
      observedUs: timeUs + 500_000,
      event: {
        timeUs,
        'event.category': 'authentication',
        'event.action': 'ssh_login',
        'event.outcome': 'failure',
        'event.reason': 'invalid_user',
        'host.name': `node${n % 4}`,
        'process.name': 'sshd',
        'process.pid': n % 32_000,
        'user.name': user,
        'source.address': address,
        'source.port': 1024 + (n % 60_000),
        'auth.method': 'password',
        message,
      },
    };
  });
}
