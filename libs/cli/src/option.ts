/** One option of a command. */
export type OptionSpec =
  | {
      readonly type: 'boolean';
      readonly description: string;
      readonly short?: string;
    }
  | {
      readonly type: 'string';
      readonly description: string;
      readonly short?: string;
      /** As the help names the value: `FILE`. */
      readonly value: string;
      readonly default?: string;
      readonly choices?: readonly string[];
    }
  | {
      readonly type: 'integer';
      readonly description: string;
      readonly short?: string;
      readonly value: string;
      readonly default?: number;
      readonly min?: number;
      readonly max?: number;
    }
  | {
      /** May be given several times. */
      readonly type: 'strings';
      readonly description: string;
      readonly short?: string;
      readonly value: string;
    };

export type OptionTable = Readonly<Record<string, OptionSpec>>;

export type OptionValue<O extends OptionSpec> = O extends { readonly type: 'boolean' }
  ? boolean
  : O extends { readonly type: 'strings' }
    ? readonly string[]
    : O extends { readonly type: 'integer' }
      ? O extends { readonly default: number }
        ? number
        : number | undefined
      : O extends { readonly choices: readonly (infer C)[] }
        ? O extends { readonly default: string }
          ? C
          : C | undefined
        : O extends { readonly default: string }
          ? string
          : string | undefined;

export type OptionValues<T extends OptionTable> = { readonly [K in keyof T]: OptionValue<T[K]> };

/** Options that every command has. */
export const GLOBAL_OPTIONS = {
  config: { type: 'string', short: 'c', value: 'FILE', description: 'configuration file' },
  json: { type: 'boolean', description: 'one JSON object per line on standard output' },
  debug: { type: 'boolean', description: 'print where a failure came from' },
  help: { type: 'boolean', short: 'h', description: 'this help' },
  version: { type: 'boolean', description: 'the version' },
} as const satisfies OptionTable;

export type GlobalValues = OptionValues<typeof GLOBAL_OPTIONS>;
