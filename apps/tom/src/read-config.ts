import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CommandContext } from '@suite/cli';
import type { TomConfig } from './config.ts';
import { tomErrors } from './errors.ts';

/** What the reader says, once. */
export type ReadConfig =
  | {
      readonly kind: 'config';
      readonly config: TomConfig;
      readonly token: string | null;
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

const READER = import.meta.url.endsWith('.ts') ? './config-reader.ts' : './config-reader.mjs';

/**
 * The configuration, read by a process that ends: YAML and schemas are needed for a moment at the start and would
 * take a third of the agent's memory for as long as it runs. The token comes through the pipe between the two.
 *
 * @throws TOM_CONFIG_INVALID with every problem.
 */
export async function readConfigApart(
  context: Pick<CommandContext, 'configFile' | 'warn' | 'env'>,
): Promise<{ config: TomConfig; token: string | null }> {
  const child = fork(fileURLToPath(new URL(READER, import.meta.url)), [context.configFile ?? ''], {
    env: context.env as NodeJS.ProcessEnv,
    execArgv: [],
    // Bytes and undefined survive the structured clone; JSON would turn them into something else.
    serialization: 'advanced',
  });
  const said = await new Promise<ReadConfig>((resolve, reject) => {
    child.once('message', (message) => resolve(message as ReadConfig));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`reading the configuration ended with code ${code}`)));
  });
  switch (said.kind) {
    case 'config':
      for (const warning of said.warnings) context.warn(warning);
      return said;
    case 'invalid':
      throw tomErrors.TOM_CONFIG_INVALID({ config: context.configFile ?? null, problems: said.problems });
    case 'failed':
      throw new Error(said.message);
  }
}
