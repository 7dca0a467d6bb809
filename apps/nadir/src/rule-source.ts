import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RulesFolder, type RulesLoaded, type RulesSource } from '@suite/pipeline';
import type { NadirConfig } from './config.ts';

/** Where the shipped rules may lie: beside the bundle, or at the top of the repository. */
const SHIPPED_DIRS = ['rules', '../../../rules'].map((path) => join(import.meta.dirname, path));

/** Where this configuration's rules come from: those that are shipped, and the user's folder. */
export function ruleSource({ detection: { rules } }: NadirConfig): RulesSource {
  return {
    shippedDir: SHIPPED_DIRS.find((dir) => existsSync(dir)) ?? null,
    dir: rules.dir ?? null,
    disable: rules.disable,
    placeholders: rules.placeholders,
  };
}

/** The rules as they are now, for commands that end; each problem is warned of. */
export async function loadConfiguredRules(
  config: NadirConfig,
  warn: (message: string) => void,
): Promise<RulesLoaded> {
  const source = ruleSource(config);
  const folder = new RulesFolder(source, () => {});
  const loaded = await folder.start();
  await folder.stop();
  for (const { file, line, reason } of loaded.problems) warn(`${file}:${line}: ${reason}`);
  return loaded;
}
