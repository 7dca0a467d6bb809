import { type CommandContext, defineCommand, EXIT } from '@suite/cli';
import { type AgentStatus, readStatus } from '@suite/shipping';
import { tomErrors } from '../errors.ts';
import { statusFile } from '../status-file.ts';

/** A status file that was not renewed for so long is of an agent that does not run. */
const STALE_MS = 10_000;

/** What the agent that works with this configuration wrote last. @throws TOM_NOT_RUNNING when there is nothing. */
export async function lastStatus(context: CommandContext): Promise<AgentStatus> {
  const { loadTomConfig } = await import('../configuration.ts');
  const { config } = await loadTomConfig(context);
  try {
    return await readStatus(statusFile(config.state_dir));
  } catch (error) {
    throw tomErrors.TOM_NOT_RUNNING({ dir: config.state_dir }, { cause: error });
  }
}

/** `tom status`: what is followed, what waits, when NADIR took something last. */
export const status = (nowMs: () => number) =>
  defineCommand({
    name: 'status',
    summary: 'show what is followed, what waits in the spool and what NADIR took',
    options: {},
    positionals: [],
    async run(context) {
      const last = await lastStatus(context);
      const ageMs = nowMs() - last.writtenMs;
      const running = ageMs < STALE_MS;
      await context.output.write({ type: 'status', running, ageMs, ...last });
      await context.print(statusText(last, running, ageMs));
      return running && last.shipping.error === null ? EXIT.ok : EXIT.found;
    },
  });

const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

function statusText(status: AgentStatus, running: boolean, ageMs: number): string {
  const { spool, shipping, streams } = status;
  const taken = shipping.acknowledged?.sequence ?? 0;
  const lines = [
    `${status.agent}: ${running ? 'running' : `not running; last heard of ${Math.round(ageMs / 1000)} s ago`}`,
    `spool       ${mebibytes(spool.sizeBytes)} of ${mebibytes(spool.maxBytes)}${spool.full ? ', FULL: sources wait' : ''}`,
    `batches     ${spool.sequence} spooled, ${taken} acknowledged, ${shipping.rejected} refused for good`,
    `NADIR       ${shipping.error ?? (shipping.lastAckMs === null ? 'nothing sent yet' : `took the last one at ${new Date(shipping.lastAckMs).toISOString()}`)}`,
    'streams',
    ...streams.map(
      ({ state, path, offset, size, reason }) =>
        `  ${state.padEnd(10)} ${path}  ${reason ?? `${offset} of ${size} bytes`}`,
    ),
  ];
  return lines.join('\n');
}
