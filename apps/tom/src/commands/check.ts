import { defineCommand, EXIT } from '@suite/cli';
import { tomErrors } from '../errors.ts';
import { agentIdentity } from '../identity.ts';

/** `tom check`: the effective configuration, and whether NADIR would take what it sends. */
export const check = defineCommand({
  name: 'check',
  summary: 'print the effective configuration and ask NADIR whether it takes our token',
  options: { offline: { type: 'boolean', description: 'check the configuration alone' } },
  positionals: [],
  async run(context) {
    const { describeEffective } = await import('@suite/config');
    const { tomConfig } = await import('../config.ts');
    const { findToken, loadTomConfig } = await import('../configuration.ts');
    const loaded = await loadTomConfig(context);
    const { config } = loaded;
    const text = describeEffective(tomConfig, loaded);
    await context.print(text);
    const { agent, host } = await agentIdentity(config);
    await context.output.write({ type: 'config', agent, host, effective: text });
    if (context.options.offline) return EXIT.ok;
    const token = await findToken(config);
    if (token === null) throw tomErrors.TOM_TOKEN_MISSING({ url: config.nadir.url });
    const { url } = config.nadir;
    const { askNadir } = await import('../ask-nadir.ts');
    const status = await askNadir(config, token, context.signal).catch((error: unknown) => {
      throw tomErrors.TOM_NADIR_UNREACHABLE({ url }, { cause: error });
    });
    if (status === 401 || status === 403) throw tomErrors.TOM_TOKEN_REFUSED({ url, agent });
    await context.output.write({ type: 'nadir', url, ok: true });
    await context.print(`# NADIR at ${url} answers and knows our token.`);
    return EXIT.ok;
  },
});
