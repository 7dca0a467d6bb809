import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Program } from './program.ts';

export interface PairOptions {
  /** Globs that TOM follows. */
  readonly paths: readonly string[];
  /** More lines of YAML. */
  readonly nadir?: string;
  readonly tom?: string;
  /** Mutual TLS with these PEM files instead of plain HTTP. */
  readonly tls?: { readonly ca: string; readonly cert: string; readonly key: string };
  /** Run the production bundles instead of the sources. */
  readonly bundled?: boolean;
  /** What starts both, e.g. `ip netns exec NAME`. */
  readonly through?: readonly string[];
}

export interface Pair {
  readonly nadir: Program;
  readonly tom: Program;
  readonly port: number;
  readonly token: string;
  readonly database: string;
  readonly tomStatusFile: string;
  readonly tomConfigFile: string;
  readonly nadirConfigFile: string;
}

/** A NADIR and a TOM that know each other, on loopback, with their folders below `dir`; not started yet. */
export async function createPair(dir: string, options: PairOptions): Promise<Pair> {
  const port = await freePort();
  const token = 'a-token-for-loopback-only';
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'token'), token, { mode: 0o600 });
  const { tls } = options;
  const serverTls = tls ? `, tls: { cert: ${tls.cert}, key: ${tls.key}, client_ca: ${tls.ca} }` : '';
  const agentTls = tls ? `, tls: { ca: ${tls.ca}, cert: ${tls.cert}, key: ${tls.key} }` : '';
  const nadirConfigFile = join(dir, 'nadir.yml');
  const tomConfigFile = join(dir, 'tom.yml');
  writeFileSync(
    nadirConfigFile,
    `data_dir: ${dir}/nadir\nhttp: { port: ${port}${serverTls} }\ntoken_file: ${dir}/token\n${options.nadir ?? ''}`,
  );
  writeFileSync(
    tomConfigFile,
    `agent: { id: node1, host: node1 }\nstate_dir: ${dir}/tom\n` +
      `nadir: { url: "${tls ? 'https' : 'http'}://127.0.0.1:${port}", token_file: ${dir}/token${agentTls} }\n` +
      `files: [{ paths: ${JSON.stringify(options.paths)} }]\n` +
      `journald: { enabled: false }\nhistories: { enabled: false }\n` +
      `${/^sockets:/m.test(options.tom ?? '') ? '' : 'sockets: { enabled: false }\n'}${options.tom ?? ''}`,
  );
  const { bundled = false, through = [] } = options;
  return {
    nadir: new Program('nadir', ['serve', '--config', nadirConfigFile], { bundled, through }),
    tom: new Program('tom', ['run', '--config', tomConfigFile], { bundled, through }),
    port,
    token,
    database: join(dir, 'nadir', 'nadir.db'),
    tomStatusFile: join(dir, 'tom', 'status.json'),
    tomConfigFile,
    nadirConfigFile,
  };
}
