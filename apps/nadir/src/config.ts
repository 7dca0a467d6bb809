import { byteSize, defineConfig, duration, host, isLoopback, port, secret } from '@suite/config';
import { z } from 'zod';
import { alerts } from './config-alerts.ts';
import { decisions } from './config-decisions.ts';
import { detection } from './config-detection.ts';
import { notify } from './config-notify.ts';
import { store } from './config-store.ts';
import { syslog } from './config-syslog.ts';

const path = (description: string) => z.string().min(1).max(4096).describe(description);

const tls = z
  .strictObject({
    cert: path('Certificate (PEM), with what lies between it and the authority.'),
    key: path('The key to it (PEM).'),
    client_ca: path('Authority of client certificates; set, every client must show one.').optional(),
  })
  .optional();

const http = z
  .strictObject({
    host: host().describe('Address to listen on.').prefault('127.0.0.1'),
    port: port().describe('Port of intake, API and console; 0 lets the system choose.').prefault(7070),
    tls,
    insecure: z
      .boolean()
      .describe('Listen beyond this machine without TLS, e.g. behind a proxy that has it.')
      .prefault(false),
  })
  .superRefine((value, context) => {
    if (isLoopback(value.host) || value.tls || value.insecure) return;
    const message = `${value.host} is reachable from other machines and there is no TLS; set http.tls.cert and http.tls.key, or http.insecure: true behind a proxy that has it`;
    context.addIssue({ code: 'custom', path: ['host'], message });
  });

const agents = z
  .array(
    z.strictObject({
      name: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected 1 to 64 letters, digits, dots, dashes or underscores')
        .describe('Agent id that the token stands for.'),
      token: secret({ minLength: 16 }).describe("The agent's own token."),
    }),
  )
  .superRefine((value, context) => {
    for (const [index, { name }] of value.entries()) {
      if (value.findIndex((other) => other.name === name) === index) continue;
      context.addIssue({ code: 'custom', path: [index, 'name'], message: 'another agent has this name' });
    }
  });

const journal = z
  .strictObject({
    max_size: byteSize({ minBytes: 4_194_304 })
      .describe(
        'Largest size of what was received and not yet stored. When it is full, or the disk has less than 128 MiB (on small disks a quarter) free, senders are told to wait.',
      )
      .prefault('4GiB'),
    segment_size: byteSize({ minBytes: 65_536, maxBytes: 1_073_741_824 })
      .describe('Size at which a segment file is closed; space comes back by the segment.')
      .prefault('64MiB'),
  })
  .superRefine((value, context) => {
    if (value.segment_size * 2 <= value.max_size) return;
    const message = 'must be at most half of journal.max_size';
    context.addIssue({ code: 'custom', path: ['segment_size'], message });
  });

const intake = z.strictObject({
  max_body: byteSize({ minBytes: 65_536, maxBytes: 268_435_456 })
    .describe('Largest request body as it comes over the wire.')
    .prefault('16MiB'),
  max_inflated: byteSize({ minBytes: 65_536, maxBytes: 1_073_741_824 })
    .describe('Largest body once it is decompressed.')
    .prefault('64MiB'),
  max_connections: z
    .int()
    .min(1)
    .max(100_000)
    .describe('Connections open at once; more are refused.')
    .prefault(1000),
  max_inflight: byteSize({ minBytes: 1_048_576 })
    .describe('Bodies held in memory at once, all together; more are told to come back.')
    .prefault('256MiB'),
  header_timeout: duration({ minMs: 100, maxMs: 600_000 })
    .describe('How long a client may take to send its headers.')
    .prefault('10s'),
  body_timeout: duration({ minMs: 100, maxMs: 3_600_000 })
    .describe('How long a client may take to send a request.')
    .prefault('60s'),
});

export const nadirConfig = defineConfig({
  name: 'nadir',
  title: 'NADIR, the aggregator that receives, parses, detects, stores and shows',
  envPrefix: 'NADIR',
  envIgnore: ['NADIR_CONFIG', 'NADIR_DEBUG'],
  schema: z.strictObject({
    data_dir: path('Folder of journal, store and token; made 0700.').prefault('/var/lib/nadir'),
    http: http.prefault({}),
    token: secret({ minLength: 16 })
      .describe(
        'For the API, the console and agents without a token of their own. Left out: made at first start, in `data_dir/token` (0600).',
      )
      .optional(),
    agents: agents.describe('Agents with tokens of their own.').prefault([]),
    syslog: syslog.prefault({}),
    journal: journal.prefault({}),
    store: store.prefault({}),
    detection: detection.prefault({}),
    alerts: alerts.prefault({}),
    decisions: decisions.prefault({}),
    notify: notify.prefault({}),
    intake: intake.prefault({}),
    log: z
      .strictObject({
        level: z
          .enum(['trace', 'debug', 'info', 'warn', 'error'])
          .describe("How much of NADIR's own doings goes to standard error.")
          .prefault('info'),
      })
      .prefault({}),
  }),
  example: `
data_dir: /var/lib/nadir
http:
  host: 0.0.0.0
  port: 7070
  tls:
    cert: /etc/nadir/tls.pem
    key: /etc/nadir/tls.key
agents:
  - name: node-1
    token_file: /run/secrets/node_1_token
syslog:
  udp:
    listen: 0.0.0.0:5514
  allow: [192.168.1.0/24]
store:
  kind: sqlite
  sqlite:
    retention:
      age: 90d
detection:
  allow: [192.168.1.10]
`,
});

export type NadirConfig = z.output<typeof nadirConfig.schema>;
