import { readFile } from 'node:fs/promises';
import type { CommandContext } from '@suite/cli';
import { type LoadedConfig, loadConfig, readRegularFile } from '@suite/config';
import { type TomConfig, tomConfig } from './config.ts';

/** Where a NADIR on this machine keeps its token, if this account may read it. */
const LOCAL_TOKEN = '/var/lib/nadir/token';

/** The effective configuration of a command. @throws ConfigError with every problem. */
export async function loadTomConfig(
  context: Pick<CommandContext, 'configFile' | 'env' | 'warn'>,
): Promise<LoadedConfig<TomConfig>> {
  const loaded = await loadConfig({
    definition: tomConfig,
    env: context.env,
    readFile: readRegularFile,
    ...(context.configFile === undefined ? {} : { file: context.configFile }),
  });
  for (const warning of loaded.warnings) context.warn(warning);
  return loaded;
}

/** The token to show to NADIR: the configured one, or that of a NADIR on this machine. */
export async function findToken(config: TomConfig): Promise<string | null> {
  if (config.nadir.token !== undefined) return config.nadir.token;
  const { hostname } = new URL(config.nadir.url);
  if (!['127.0.0.1', '[::1]', 'localhost'].includes(hostname)) return null;
  const text = await readFile(LOCAL_TOKEN, 'utf8').catch(() => '');
  return text.trim() || null;
}
