import { parseArgs } from 'node:util';
import { nearest } from '@suite/config/nearest';
import { cliErrors } from './cli-errors.ts';
import type { Command } from './command.ts';
import { GLOBAL_OPTIONS, type GlobalValues, type OptionSpec, type OptionTable } from './option.ts';

export interface ParsedArgv {
  /** Null when none was named. */
  readonly command: Command | null;
  readonly global: GlobalValues;
  readonly options: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

/**
 * Reads a command line. Global options may stand before the command's name.
 * @throws AppError with exit 2 naming the wrong word and the nearest right one.
 */
export function parseArgv(app: string, commands: readonly Command[], argv: readonly string[]): ParsedArgv {
  const union = unionOf(commands);
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(union).map(([name, spec]) => [
        name,
        {
          type: spec.type === 'boolean' ? 'boolean' : 'string',
          ...(spec.short ? { short: spec.short } : {}),
        },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const optionTokens = tokens.flatMap((token) => (token.kind === 'option' ? [token as OptionToken] : []));
  const wantsHelp = optionTokens.some(({ name }) => name === 'help' || name === 'version');
  const command = commands
    .toSorted((a, b) => b.name.length - a.name.length)
    .find(({ name }) => name.split(' ').every((word, index) => words[index] === word));
  if (!command && words.length > 0 && !wantsHelp) {
    // An option that nobody knows swallows no value, so what follows it would be taken for the command.
    const stranger = optionTokens.find(({ name }) => !Object.hasOwn(union, name));
    if (stranger) throw unknownOption(app, stranger, union);
    const names = commands.map(({ name }) => name);
    const meant = nearest(words.slice(0, 2).join(' '), names) ?? nearest(words[0]!, names);
    throw cliErrors.CLI_COMMAND_UNKNOWN({ command: app, typed: words.slice(0, 2).join(' '), meant });
  }
  const title = command ? `${app} ${command.name}` : app;
  const known: OptionTable = { ...GLOBAL_OPTIONS, ...command?.options };
  const values = readOptions(title, known, optionTokens);
  const positionals = command ? words.slice(command.name.split(' ').length) : [];
  if (command && !wantsHelp) checkPositionals(title, command, positionals);
  return {
    command: command ?? null,
    global: values as unknown as GlobalValues,
    options: values,
    positionals,
  };
}

/** One table for the first pass, when the command is not known yet: a name means one type in all of an app. */
function unionOf(commands: readonly Command[]): OptionTable {
  const union: Record<string, OptionSpec> = { ...GLOBAL_OPTIONS };
  for (const { name, options } of commands) {
    for (const [option, spec] of Object.entries(options)) {
      const other = union[option];
      const agrees =
        !other || ((other.type === 'boolean') === (spec.type === 'boolean') && other.short === spec.short);
      if (!agrees) throw new TypeError(`--${option} of ${name} means something else in another command`);
      union[option] = spec;
    }
  }
  return union;
}

function readOptions(
  title: string,
  known: OptionTable,
  tokens: readonly OptionToken[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(known)) values[name] = defaultOf(spec);
  const seen = new Set<string>();
  for (const token of tokens) {
    const spec = Object.hasOwn(known, token.name) ? known[token.name]! : null;
    if (!spec) throw unknownOption(title, token, known);
    if (seen.has(token.name) && spec.type !== 'strings' && spec.type !== 'boolean') {
      throw cliErrors.CLI_OPTION_VALUE({
        command: title,
        option: token.rawName,
        found: 'it twice',
        expected: 'it once',
        meant: null,
      });
    }
    seen.add(token.name);
    const value = readValue(title, token, spec);
    values[token.name] = spec.type === 'strings' ? [...(values[token.name] as string[]), value] : value;
  }
  return values;
}

function unknownOption(title: string, token: OptionToken, known: OptionTable): Error {
  const close = nearest(token.name, Object.keys(known));
  const meant = close ? `--${close}` : null;
  return cliErrors.CLI_OPTION_UNKNOWN({ command: title, option: token.rawName, meant });
}

function defaultOf(spec: OptionSpec): unknown {
  if (spec.type === 'boolean') return false;
  return spec.type === 'strings' ? [] : spec.default;
}

function readValue(title: string, token: OptionToken, spec: OptionSpec): unknown {
  const refuse = (found: string, expected: string, meant: string | null = null) =>
    cliErrors.CLI_OPTION_VALUE({ command: title, option: token.rawName, found, expected, meant });
  const { value } = token;
  if (spec.type === 'boolean') {
    if (value !== undefined) throw refuse(JSON.stringify(value), 'no value');
    return true;
  }
  if (value === undefined || value === '') throw refuse('nothing', spec.value);
  if (spec.type === 'integer') {
    const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = spec;
    const number = /^-?\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= min && number <= max)) throw refuse(JSON.stringify(value), rangeText(spec.min, spec.max));
    return number;
  }
  if (spec.type === 'string' && spec.choices && !spec.choices.includes(value)) {
    throw refuse(JSON.stringify(value), `one of ${spec.choices.join(', ')}`, nearest(value, spec.choices));
  }
  return value;
}

function rangeText(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return `a whole number from ${min} to ${max}`;
  if (min !== undefined) return `a whole number of at least ${min}`;
  return max === undefined ? 'a whole number' : `a whole number of at most ${max}`;
}

function checkPositionals(title: string, { positionals: specs }: Command, words: readonly string[]): void {
  for (const [index, spec] of specs.entries()) {
    if (spec.required && words[index] === undefined) {
      throw cliErrors.CLI_ARGUMENT_MISSING({ command: title, argument: spec.name });
    }
  }
  const surplus = specs.at(-1)?.many ? undefined : words[specs.length];
  if (surplus !== undefined) throw cliErrors.CLI_ARGUMENT_UNEXPECTED({ command: title, argument: surplus });
}
