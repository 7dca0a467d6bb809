import type { Command } from './command.ts';
import { GLOBAL_OPTIONS, type OptionSpec, type OptionTable } from './option.ts';

export interface AppInfo {
  /** `nadir`. */
  readonly name: string;
  readonly version: string;
  /** One line: what the program does. */
  readonly summary: string;
}

/** Help of the program: its commands and the options that all of them have. */
export function appHelp(app: AppInfo, commands: readonly Command[]): string {
  const rows = commands.map((command) => [usage(command), command.summary] as const);
  return [
    `${app.name} ${app.version}: ${app.summary}`,
    '',
    ...table(rows, `  ${app.name} `),
    '',
    'Options of every command:',
    ...table(optionRows(GLOBAL_OPTIONS), '  '),
    '',
    `${app.name} COMMAND --help tells more of one.`,
    '',
  ].join('\n');
}

/** Help of one command. */
export function commandHelp(app: AppInfo, command: Command): string {
  const { positionals, options, examples = [] } = command;
  return [
    `${app.name} ${usage(command)} [options]`,
    '',
    `  ${command.summary}`,
    '',
    ...section(
      '',
      table(
        positionals.map(({ name, description }) => [name, description] as const),
        '  ',
      ),
    ),
    ...section('Options:', table(optionRows({ ...options, ...GLOBAL_OPTIONS }), '  ')),
    ...section(
      'Examples:',
      examples.map((line) => `  ${line}`),
    ),
  ].join('\n');
}

function usage({ name, positionals }: Command): string {
  const words = positionals.map((spec) => {
    const word = spec.many ? `${spec.name}...` : spec.name;
    return spec.required ? word : `[${word}]`;
  });
  return [name, ...words].join(' ');
}

function optionRows(options: OptionTable): (readonly [string, string])[] {
  return Object.entries(options).map(([name, spec]) => {
    const short = spec.short ? `-${spec.short}, ` : '';
    const value = spec.type === 'boolean' ? '' : ` ${spec.value}`;
    return [`${short}--${name}${value}`, spec.description + notes(spec)] as const;
  });
}

function notes(spec: OptionSpec): string {
  if (spec.type === 'boolean') return '';
  if (spec.type === 'strings') return ' (may be given several times)';
  const choices = spec.type === 'string' && spec.choices ? ` (${spec.choices.join(', ')})` : '';
  return `${choices}${spec.default === undefined ? '' : ` [${spec.default}]`}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return [...(title ? [title] : []), ...lines, ''];
}

function table(rows: readonly (readonly [string, string])[], indent: string): string[] {
  const width = Math.min(32, Math.max(0, ...rows.map(([left]) => left.length)));
  return rows.map(([left, right]) => `${indent}${left.padEnd(width)}  ${right}`.trimEnd());
}
