import { defineCommand, EXIT } from '@suite/cli';
import { describeEffective } from '@suite/config';
import { nadirConfig } from '../config.ts';
import { loadNadirConfig } from '../configuration.ts';
import { nadirErrors } from '../errors.ts';
import { storeSpec } from '../store-spec.ts';

/** `nadir check`: the effective configuration, secrets masked, and whether the store can be reached. */
export const check = defineCommand({
  name: 'check',
  summary: 'print the effective configuration and try the store',
  options: { offline: { type: 'boolean', description: 'check the configuration alone' } },
  positionals: [],
  async run(context) {
    const loaded = await loadNadirConfig(context);
    const text = describeEffective(nadirConfig, loaded);
    await context.print(text);
    await context.output.write({ type: 'config', effective: text });
    if (context.options.offline) return EXIT.ok;
    const spec = storeSpec(loaded.config);
    const { testStoreReachable } = await import('@suite/store');
    const reached = await testStoreReachable(spec);
    await context.output.write({ type: 'store', kind: spec.kind, ...reached });
    const where = spec.kind === 'sqlite' ? spec.path : spec.url;
    if (!reached.ok)
      throw nadirErrors.NADIR_STORE_UNREACHABLE({ url: where }, { cause: new Error(reached.reason) });
    await context.print(`# The store (${where}) can be used.`);
    return EXIT.ok;
  },
});
