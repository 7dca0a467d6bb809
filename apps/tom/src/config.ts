import { byteSize, defineConfig, duration, secret } from '@suite/config';
import { z } from 'zod';
import { DEFAULT_FILES } from './default-files.ts';

const path = (description: string) => z.string().min(1).max(4096).describe(description);

const agent = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected 1 to 64 letters, digits, dots, dashes or underscores')
    .describe('Name of this agent at NADIR. Left out: the host name and a hash of the machine id.')
    .optional(),
  host: z
    .string()
    .min(1)
    .max(253)
    .describe("Host name that the lines carry. Left out: the machine's own.")
    .optional(),
});

const nadir = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'expected an address such as https://nadir.lan:7070' })
    .refine((text) => !/^[a-z]+:\/\/[^/]*@/i.test(text), {
      error: 'must hold no user or password; use nadir.token_file',
    })
    .describe('Where NADIR listens.')
    .prefault('http://127.0.0.1:7070'),
  token: secret({ minLength: 16 })
    .describe('What this agent proves itself with. Left out: the token file of a NADIR on this machine.')
    .optional(),
  timeout: duration({ minMs: 1000, maxMs: 600_000 })
    .describe('How long one request may take.')
    .prefault('30s'),
  tls: z
    .strictObject({
      ca: path("Certificate of the authority that signed NADIR's.").optional(),
      cert: path("This agent's own certificate, for mutual TLS.").optional(),
      key: path('The key to it.').optional(),
    })
    .prefault({}),
});

const spool = z.strictObject({
  max_size: byteSize({ minBytes: 1_048_576 })
    .describe('Largest size of what waits for NADIR. When it is full, sources wait and the oldest is kept.')
    .prefault('1GiB'),
  segment_size: byteSize({ minBytes: 65_536, maxBytes: 1_073_741_824 })
    .describe('Size at which a segment file is closed; space comes back by the segment.')
    .prefault('64MiB'),
  batch_size: byteSize({ minBytes: 65_536, maxBytes: 8_388_608 })
    .describe('Bytes of lines in a batch; larger ones compress better and take more memory.')
    .prefault('1MiB'),
  level: z
    .int()
    .min(-10)
    .max(19)
    .describe('zstd level of batches: 1 is the least work, 9 a third smaller at a tenth of the speed.')
    .prefault(1),
});

const file = z.strictObject({
  paths: z
    .array(path('A path or a glob.'))
    .min(1)
    .describe('Paths and globs (`*`, `**`, `?`, `{a,b}`); files that appear later are found.'),
  exclude: z.array(path('A path or a glob.')).describe('Globs of what to leave out.').prefault([]),
  start: z
    .enum(['beginning', 'end'])
    .describe('Where to begin in a file that was never seen before.')
    .prefault('beginning'),
  format: z
    .string()
    .min(1)
    .max(64)
    .describe('Name of the format. Left out: found by NADIR, per file.')
    .optional(),
});

const probes = z.strictObject({
  interval: duration({ minMs: 1000, maxMs: 3_600_000 })
    .describe('Time between two readings.')
    .prefault('10s'),
  enabled: z
    .array(z.enum(['cpu', 'memory', 'disk', 'filesystem', 'load', 'network']))
    .describe('What to measure.')
    .prefault(['cpu', 'memory', 'disk', 'filesystem', 'load', 'network']),
});

const poll = z.strictObject({
  active: duration({ minMs: 10, maxMs: 60_000 })
    .describe('How often an open file is looked at besides the kernel waking the reader.')
    .prefault('250ms'),
  idle: duration({ minMs: 10, maxMs: 600_000 })
    .describe('The same for files that have been silent for a while, and on network mounts.')
    .prefault('2s'),
  discovery: duration({ minMs: 100, maxMs: 3_600_000 })
    .describe('How often globs are looked up anew.')
    .prefault('10s'),
});

const sockets = z.strictObject({
  enabled: z
    .boolean()
    .describe('Note what listens on this node and whom it is connected with.')
    .prefault(true),
  interval: duration({ minMs: 500, maxMs: 600_000 })
    .describe('Time between two looks; longer by itself where looking is much work.')
    .prefault('2s'),
  connections: z
    .enum(['all', 'outbound', 'none'])
    .describe(
      'Which connections to note; listeners always are. `all` is a line or two for each client of a web server.',
    )
    .prefault('outbound'),
  proc: path("Where the node's /proc is; `/host/proc` in a container.").prefault('/proc'),
});

const docker = z.strictObject({
  socket: path(
    "Docker's socket, e.g. `/var/run/docker.sock`. Left out: containers are not watched.",
  ).optional(),
});

export const tomConfig = defineConfig({
  name: 'tom',
  title: 'TOM, the agent that follows logs, shell histories and measurements of one node',
  envPrefix: 'TOM',
  envIgnore: ['TOM_CONFIG', 'TOM_DEBUG'],
  schema: z.strictObject({
    agent: agent.prefault({}),
    state_dir: path('Folder of the spool and the positions; made 0700.').prefault('/var/lib/tom'),
    nadir: nadir.prefault({}).superRefine((value, context) => {
      if ((value.tls.cert === undefined) !== (value.tls.key === undefined)) {
        const missing = value.tls.cert === undefined ? 'cert' : 'key';
        const message = `is missing: a certificate and its key go together`;
        context.addIssue({ code: 'custom', path: ['tls', missing], message });
      }
    }),
    spool: spool.prefault({}).superRefine((value, context) => {
      if (value.segment_size * 2 <= value.max_size) return;
      const message = 'must be at most half of spool.max_size';
      context.addIssue({ code: 'custom', path: ['segment_size'], message });
    }),
    files: z.array(file).describe('Log files to follow.').prefault(DEFAULT_FILES),
    journald: z
      .strictObject({
        enabled: z
          .union([z.literal('auto'), z.boolean()])
          .describe('Follow the systemd journal: `auto` where `journalctl` is there and may be read.')
          .prefault('auto'),
        start: z
          .enum(['beginning', 'end'])
          .describe('Where to begin in a journal that was never seen before.')
          .prefault('beginning'),
      })
      .prefault({}),
    histories: z
      .strictObject({
        enabled: z
          .boolean()
          .describe('Follow the bash, zsh and fish histories that this account may read.')
          .prefault(true),
        users: z
          .array(z.string().min(1).max(64))
          .describe('Only these accounts. Left out: every account with a home.')
          .optional(),
      })
      .prefault({}),
    sockets: sockets.prefault({}),
    docker: docker.prefault({}),
    probes: probes.prefault({}),
    poll: poll.prefault({}),
    log: z
      .strictObject({
        level: z
          .enum(['trace', 'debug', 'info', 'warn', 'error'])
          .describe("How much of TOM's own doings goes to standard error.")
          .prefault('info'),
      })
      .prefault({}),
  }),
  example: `
agent:
  host: node-1
nadir:
  url: https://nadir.lan:7070
  token_file: /run/secrets/tom_token
  tls:
    ca: /etc/tom/ca.pem
files:
  - paths: [/var/log/auth.log, /var/log/syslog]
  - paths: ["/srv/app/*.log"]
    format: json
`,
});

export type TomConfig = z.output<typeof tomConfig.schema>;
