import { defineCommand, EXIT } from '@suite/cli';
import { loadNadirConfig } from '../configuration.ts';
import { nadirErrors } from '../errors.ts';
import { reasonOf } from '../reason.ts';

const TIMEOUT_MS = 20_000;

/** `nadir notify test [NAME]`: sends a test through one channel or all, at once and past the queue. */
export const notifyTest = (clockUs: () => number) =>
  defineCommand({
    name: 'notify test',
    summary: 'send a test alert through one channel, or through all',
    options: {},
    positionals: [{ name: 'NAME', description: 'a channel of the configuration; all when left out' }],
    examples: ['nadir notify test phone --config /etc/nadir/nadir.yml'],
    async run(context) {
      const { testAlert } = await import('@suite/notify');
      const { createChannels } = await import('../channels.ts');
      const { config } = await loadNadirConfig(context);
      const [wanted] = context.positionals;
      const all = await createChannels(config);
      const channels = all.filter(({ name }) => wanted === undefined || name === wanted);
      if (channels.length === 0)
        throw nadirErrors.NADIR_NO_CHANNEL({ name: wanted ?? null, names: all.map(({ name }) => name) });
      const failed: string[] = [];
      for (const { name, notifier } of channels) {
        const reason = await notifier
          .send(
            testAlert(name, clockUs()),
            AbortSignal.any([context.signal, AbortSignal.timeout(TIMEOUT_MS)]),
          )
          .then(() => null, reasonOf);
        if (reason !== null) failed.push(name);
        await context.output.write({
          type: 'sent',
          channel: name,
          kind: notifier.kind,
          ok: reason === null,
          reason,
        });
        await context.print(
          reason === null
            ? `${name} (${notifier.kind}): sent`
            : `${name} (${notifier.kind}): FAILED, ${reason}`,
        );
      }
      if (failed.length > 0 && !context.json)
        throw nadirErrors.NADIR_NOTIFY_FAILED({ failed, total: channels.length });
      return failed.length > 0 ? EXIT.failed : EXIT.ok;
    },
  });
