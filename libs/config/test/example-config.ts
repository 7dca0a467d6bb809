import {
  annotate,
  byteSize,
  cidr,
  defineConfig,
  duration,
  FileRefusedError,
  hostPort,
  loadConfig,
  port,
  type ReadFile,
  secret,
} from '@suite/config';
import { z } from 'zod';

/** A configuration with one key of every kind. */
export const exampleConfig = defineConfig({
  name: 'example',
  title: 'An example',
  envPrefix: 'EX',
  envIgnore: ['EX_CONFIG'],
  example: 'http:\n  port: 80\n',
  schema: z.strictObject({
    http: z
      .strictObject({
        host: z.string().prefault('127.0.0.1'),
        port: port().describe('Where | to listen.').prefault(7070),
      })
      .prefault({}),
    token: secret({ minLength: 8 }).optional(),
    store: annotate(
      z.strictObject({
        kind: z.enum(['sqlite', 'influx']).prefault('sqlite'),
        retention: z
          .strictObject({ age: duration().prefault('30d'), size: byteSize().prefault('10GiB') })
          .prefault({}),
        password: secret().optional(),
      }),
      {
        shorthand: {
          expected: 'a URL such as x://influx',
          expand: (text) =>
            text.startsWith('x://')
              ? { value: { kind: text.slice(4) } }
              : { problem: 'expected a URL such as x://influx' },
        },
      },
    ).prefault({}),
    agents: z.array(z.strictObject({ name: z.string(), token: secret() })).prefault([]),
    allow: z.array(cidr()).prefault([]),
    listen: hostPort().optional(),
    mode: z.union([z.literal('auto'), z.boolean()]).prefault('auto'),
    rate: z.int().min(1).max(100).prefault(5),
    max_lines: z.int().prefault(1),
    max: z.strictObject({ lines: z.int().prefault(2) }).prefault({}),
    labels: z.array(z.string()).prefault([]),
  }),
});

/** Files in memory: text, or text with permission bits. */
export function memoryFiles(
  files: Readonly<Record<string, string | Buffer | { text: string; mode: number }>>,
): ReadFile {
  return async (path, maxBytes) => {
    const file = files[path];
    if (file === undefined) throw new FileRefusedError('no such file');
    const plain = typeof file === 'string' || Buffer.isBuffer(file);
    const bytes = Buffer.from(plain ? file : file.text);
    if (bytes.length > maxBytes) throw new FileRefusedError(`it is larger than ${maxBytes} bytes`);
    return { bytes, mode: plain ? 0o600 : file.mode };
  };
}

export interface Given {
  readonly yaml?: string | Buffer;
  readonly mode?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string | { text: string; mode: number }>>;
  readonly flags?: Readonly<Record<string, { readonly path: readonly string[]; readonly text: string }>>;
}

export function load({ yaml, mode = 0o600, env = {}, files = {}, flags = {} }: Given) {
  const own = yaml === undefined ? {} : { 'dir/ex.yml': Buffer.isBuffer(yaml) ? yaml : { text: yaml, mode } };
  return loadConfig({
    definition: exampleConfig,
    ...(yaml === undefined ? {} : { file: 'dir/ex.yml' }),
    env,
    flags,
    readFile: memoryFiles({ ...own, ...files }),
  });
}

/** The message of the failure, or the empty text when there is none. */
export async function problemsOf(given: Given): Promise<string> {
  return load(given).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );
}
