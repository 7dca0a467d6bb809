import { cidr, hostPort, isLoopback } from '@suite/config';
import { z } from 'zod';

/** Syslog has no authentication: beyond this machine it needs a list of who may send. */
export const syslog = z
  .strictObject({
    udp: z
      .strictObject({
        listen: hostPort().describe('Where to take syslog over UDP. Left out: nowhere.').optional(),
      })
      .prefault({}),
    tcp: z
      .strictObject({
        listen: hostPort().describe('Where to take syslog over TCP. Left out: nowhere.').optional(),
      })
      .prefault({}),
    allow: z
      .array(cidr())
      .describe('Who may send syslog. Needed when a listener is reachable from other machines.')
      .prefault([]),
  })
  .superRefine((value, context) => {
    for (const transport of ['udp', 'tcp'] as const) {
      const listen = value[transport].listen;
      if (!listen || isLoopback(listen.host) || value.allow.length > 0) continue;
      const message = `${listen.host} is reachable from other machines; name who may send in syslog.allow`;
      context.addIssue({ code: 'custom', path: [transport, 'listen'], message });
    }
  });
