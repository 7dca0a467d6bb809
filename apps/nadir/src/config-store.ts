import { annotate, byteSize, duration, secret } from '@suite/config';
import { z } from 'zod';
import { expandStoreUrl, STORE_URL_EXPECTED } from './store-url.ts';

const sqlite = z.strictObject({
  path: z.string().min(1).max(4096).describe('Database file. Left out: `data_dir/nadir.db`.').optional(),
  retention: z
    .strictObject({
      age: duration({ minMs: 60_000 }).describe('Events older than this are deleted.').prefault('30d'),
      size: byteSize({ minBytes: 16_777_216 })
        .describe('Oldest events are deleted above this size.')
        .prefault('10GiB'),
    })
    .prefault({}),
});

const influx = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'expected an address such as http://influxdb:8086' })
    .refine((text) => !/^[a-z]+:\/\/[^/]*@/i.test(text), {
      error: 'must hold no user or password; use store.influx.username and store.influx.password_file',
    })
    .describe('Where InfluxDB listens.')
    .optional(),
  version: z
    .union([z.literal(1), z.literal(2)])
    .describe('1: `/write` of InfluxDB 1.x. 2: `/api/v2/write` of 2.x, 3 Core and VictoriaMetrics.')
    .prefault(2),
  database: z.string().min(1).max(256).describe('Database (1.x) or bucket (2.x).').prefault('nadir'),
  org: z.string().min(1).max(256).describe('Organisation (2.x).').optional(),
  username: z.string().min(1).max(256).describe('Account (1.x).').optional(),
  password: secret().describe('Its password (1.x).').optional(),
  token: secret().describe('API token (2.x).').optional(),
  queue_size: byteSize({ minBytes: 1_048_576 })
    .describe('Points kept on disk while InfluxDB is away.')
    .prefault('4GiB'),
});

/** Where events are kept; as one line a URL of InfluxDB or the path of an SQLite file. */
export const store = annotate(
  z
    .strictObject({
      kind: z.enum(['sqlite', 'influx']).describe('Where events are kept.').prefault('sqlite'),
      sqlite: sqlite.prefault({}),
      influx: influx.prefault({}),
    })
    .superRefine((value, context) => {
      if (value.kind !== 'influx') return;
      const refuse = (key: string, message: string) =>
        context.addIssue({ code: 'custom', path: ['influx', key], message });
      const { url, token, username, password } = value.influx;
      if (url === undefined) refuse('url', 'is needed when store.kind is influx, e.g. http://influxdb:8086');
      if (username !== undefined && password === undefined)
        refuse('password', 'is needed beside store.influx.username');
      if (token !== undefined && username !== undefined)
        refuse('token', 'stands beside a username; keep one of the two');
    }),
  { shorthand: { expected: STORE_URL_EXPECTED, expand: expandStoreUrl } },
).describe(`Where events are kept, as a mapping (below) or as ${STORE_URL_EXPECTED}.`);
