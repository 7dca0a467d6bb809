import { defineCommand, EXIT } from '@suite/cli';
import { loadSettings } from '../configuration.ts';
import { openInput } from '../inputs.ts';
import { measureReplay } from '../measure-replay.ts';
import { loadConfiguredRules } from '../rule-source.ts';

/** `nadir bench replay FILE`: lines per second, with and without detection; nothing is stored. */
export const benchReplay = (clockUs: () => number) =>
  defineCommand({
    name: 'bench replay',
    summary: 'measure parsing and detecting on a log',
    options: {},
    positionals: [{ name: 'FILE', description: 'a log file', required: true }],
    async run(context) {
      const { positionals, stdin, output, print, signal } = context;
      const { config, detection } = await loadSettings(context);
      const { ruleSet } = await loadConfiguredRules(config, context.warn);
      for (const [name, settings] of [
        ['parse', null],
        ['parse and detect', detection],
      ] as const) {
        const input = await openInput(positionals[0]!, stdin, clockUs());
        const measure = await measureReplay(input, settings, ruleSet, signal);
        const figures = [
          [name, measure.lines / measure.seconds, 'lines/s'],
          [`${name}: CPU per million lines`, (measure.cpuSeconds / measure.lines) * 1e6, 's'],
          [`${name}: peak RSS`, measure.peakRssBytes / 2 ** 20, 'MiB'],
        ] as const;
        for (const [figure, value, unit] of figures) {
          await output.write({ type: 'figure', figure, value, unit });
          await print(`${figure.padEnd(44)} ${Math.round(value * 10) / 10} ${unit}`);
        }
      }
      return EXIT.ok;
    },
  });
