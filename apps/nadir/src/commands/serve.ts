import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandContext, defineCommand, EXIT } from '@suite/cli';
import type { Detection } from '@suite/event';
import manifest from '../../package.json' with { type: 'json' };
import { loadNadirConfig } from '../configuration.ts';
import { detectionLine, detectionView } from '../detection-view.ts';
import { storeSpec } from '../store-spec.ts';
import { loadToken } from '../token.ts';

/** Where the built console may lie: beside the bundle, or where the workspace builds it. */
const CONSOLE_DIRS = ['console', '../../../console/dist'].map((path) => join(import.meta.dirname, path));

/** `nadir serve`: receives, parses, detects, stores and shows, until it is stopped. */
export const serve = (clockUs: () => number) =>
  defineCommand({
    name: 'serve',
    summary: 'receive, parse, detect, store and show, until it is stopped',
    options: {
      store: {
        type: 'string',
        value: 'URL',
        description:
          'where events are kept: sqlite:PATH or influx://HOST/DATABASE; stronger than the configuration',
      },
      port: { type: 'string', value: 'PORT', description: 'port of intake, API and console' },
      'login-link': {
        type: 'boolean',
        description: 'print a link that logs a browser in, once, within the hour',
      },
    },
    positionals: [],
    examples: [
      'nadir serve --config /etc/nadir/nadir.yml',
      'nadir serve --store influx://influxdb:8086/nadir',
    ],
    async run(context) {
      const { options, log, signal } = context;
      // Servers, mail and the store's clients: no other command needs them in memory.
      const { Aggregator } = await import('../serve/aggregator.ts');
      const { Telling } = await import('../serve/telling.ts');
      const { config } = await loadNadirConfig(context, {
        ...(options.store === undefined ? {} : { '--store': { path: ['store'], text: options.store } }),
        ...(options.port === undefined ? {} : { '--port': { path: ['http', 'port'], text: options.port } }),
      });
      log.level = config.log.level;
      const { token, file } = await loadToken(config.data_dir, config.token);
      const consoleDir = CONSOLE_DIRS.find((dir) => existsSync(join(dir, 'index.html')));
      const failure = Promise.withResolvers<void>();
      const telling = await Telling.start(config, clockUs, log);
      const aggregator = new Aggregator({
        config,
        token,
        consoleDir,
        clockUs,
        log,
        store: storeSpec(config),
        version: manifest.version,
        telling,
        onDetection: (detection) => void told(context, detection),
        onFailed: failure.reject,
      });
      signal.addEventListener('abort', () => failure.resolve());
      try {
        await aggregator.start();
        // A login is a secret: where output is a log, it has no place in it unless somebody asks.
        const login = options['login-link'] ? { login: aggregator.loginLink() } : {};
        await context.output.write({ type: 'listening', url: aggregator.url, ...login, token_file: file });
        await context.print(`NADIR listens on ${aggregator.url}, console included`);
        if (login.login) await context.print(`Console: ${login.login}`);
        if (file) await context.print(`Token: ${file}`);
        if (!signal.aborted) await failure.promise;
      } finally {
        await aggregator.stop();
        await telling?.stop();
      }
      return EXIT.ok;
    },
  });

async function told({ output, print, json }: CommandContext, detection: Detection): Promise<void> {
  if (json) await output.write(detectionView(detection));
  else if (detection.version === 1) await print(detectionLine(detection));
}
