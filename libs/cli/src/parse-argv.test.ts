import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AppError } from './app-error.ts';
import type { Command } from './command.ts';
import { parseArgv } from './parse-argv.ts';

const command: Command = {
  name: 'go',
  summary: '',
  options: {
    n: { type: 'integer', value: 'N', description: '', short: 'n' },
    s: { type: 'string', value: 'S', description: '' },
  },
  positionals: [{ name: 'FILE', description: '', many: true }],
  run: async () => 0,
};

it('ends in a parsed line or a usage error, whatever is typed', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('go', '-', '--', '--n', '-n', '-n5', '--s=', '--json', '-hV', '--no-json', '=', '--='),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (argv) => {
      try {
        parseArgv('x', [command], argv);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect((error as AppError).exit).toBe(2);
      }
    }),
    { numRuns: 500 },
  );
});

it('hands back every file and number as it was typed', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.maxSafeInteger(), fc.string({ minLength: 1 }), (files, n, s) => {
      const parsed = parseArgv('x', [command], ['go', `--n=${n}`, `--s=${s}`, '--', ...files]);
      expect(parsed.positionals).toEqual(files);
      expect(parsed.options).toMatchObject({ n, s });
    }),
  );
});
