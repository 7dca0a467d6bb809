import type { HostPort } from '@suite/config';
import { createSyslogTcp, createSyslogUdp } from '@suite/intake';
import type { Journal } from '@suite/journal';
import type { NadirConfig } from '../config.ts';
import { nadirErrors } from '../errors.ts';

export interface SyslogListeners {
  stop(): Promise<void>;
}

/** The syslog listeners that are configured; none by default. Without an allow-list only this machine may send. */
export async function createSyslogListeners(
  { syslog }: NadirConfig,
  journal: Journal,
  clockUs: () => number,
): Promise<SyslogListeners> {
  const { allow } = syslog;
  const shared = { journal, nowUs: clockUs, ...(allow.length > 0 ? { allow } : {}) };
  const listeners: { start(): Promise<unknown>; stop(): Promise<void>; key: string; at: HostPort }[] = [];
  const { udp, tcp } = syslog;
  if (udp.listen)
    listeners.push(
      Object.assign(createSyslogUdp({ ...shared, ...udp.listen }), {
        key: 'syslog.udp.listen',
        at: udp.listen,
      }),
    );
  if (tcp.listen)
    listeners.push(
      Object.assign(createSyslogTcp({ ...shared, ...tcp.listen }), {
        key: 'syslog.tcp.listen',
        at: tcp.listen,
      }),
    );
  const stop = async () => {
    await Promise.all(listeners.map((listener) => listener.stop()));
  };
  for (const { start, key, at } of listeners) {
    try {
      await start();
    } catch (error) {
      await stop();
      throw listenError(error, key, at);
    }
  }
  return { stop };
}

function listenError(error: unknown, key: string, { host, port }: HostPort): unknown {
  const address = `${host}:${port}`;
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return nadirErrors.NADIR_PORT_IN_USE({ address, port, key }, { cause: error });
    case 'EACCES':
      return nadirErrors.NADIR_PORT_NOT_ALLOWED({ address, key }, { cause: error });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return nadirErrors.NADIR_ADDRESS_UNAVAILABLE({ address, key }, { cause: error });
    default:
      return error;
  }
}
