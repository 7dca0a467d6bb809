import { once } from 'node:events';
import { type CommandContext, defineCommand, EXIT } from '@suite/cli';
import type { StreamStatus } from '@suite/sources';
import { Agent } from '../agent.ts';
import { findToken, loadTomConfig } from '../configuration.ts';
import { tomErrors } from '../errors.ts';
import { agentIdentity } from '../identity.ts';

/** `tom run`: follows what this node writes, until it is stopped. */
export const run = (nowMs: () => number, version: string) =>
  defineCommand({
    name: 'run',
    summary: 'follow logs, histories and measurements, and ship them to NADIR',
    options: {},
    positionals: [],
    examples: ['tom run --config /etc/tom/tom.yml'],
    async run(context) {
      const { config } = await loadTomConfig(context);
      context.log.level = config.log.level;
      const token = await findToken(config);
      if (token === null) throw tomErrors.TOM_TOKEN_MISSING({ url: config.nadir.url });
      const identity = await agentIdentity(config);
      const agent = new Agent({
        config,
        identity,
        version,
        token,
        nowMs,
        random: Math.random,
        log: context.log,
      });
      try {
        await agent.start();
        await announce(context, identity.agent, config.nadir.url, agent.streams);
        if (!context.signal.aborted) await once(context.signal, 'abort');
      } finally {
        await agent.stop();
      }
      return EXIT.ok;
    },
  });

async function announce(
  { output, print }: CommandContext,
  agent: string,
  url: string,
  streams: readonly StreamStatus[],
): Promise<void> {
  await output.write({ type: 'running', agent, nadir: url });
  await print(`${agent} ships to ${url}`);
  for (const { source, kind, path, state, reason } of streams) {
    await output.write({
      type: 'stream',
      source,
      kind,
      path,
      state,
      ...(reason === undefined ? {} : { reason }),
    });
    await print(`  ${state.padEnd(10)} ${path}${reason === undefined ? '' : `: ${reason}`}`);
  }
}
