import { type CommandContext, defineCommand, EXIT } from '@suite/cli';
import type { StreamStatus } from '@suite/sources';
import { Agent } from '../agent.ts';
import { tomErrors } from '../errors.ts';
import { agentIdentity } from '../identity.ts';
import { readConfigApart } from '../read-config.ts';

/** `tom run`: follows what this node writes, until it is stopped. */
export const run = (nowMs: () => number, version: string) =>
  defineCommand({
    name: 'run',
    summary: 'follow logs, histories and measurements, and ship them to NADIR',
    options: {},
    positionals: [],
    examples: ['tom run --config /etc/tom/tom.yml'],
    async run(context) {
      const { config, token } = await readConfigApart(context);
      context.log.level = config.log.level;
      if (token === null) throw tomErrors.TOM_TOKEN_MISSING({ url: config.nadir.url });
      const identity = await agentIdentity(config);
      const failure = Promise.withResolvers<void>();
      context.signal.addEventListener('abort', () => failure.resolve());
      const agent = new Agent({
        config,
        identity,
        version,
        token,
        nowMs,
        random: Math.random,
        log: context.log,
        onFailure: failure.reject,
      });
      try {
        await agent.start();
        await announce(context, identity.agent, config.nadir.url, agent.streams);
        if (!context.signal.aborted) await failure.promise;
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
