import { defineErrors, errorEntry } from './catalogue.ts';
import { EXIT } from './exit-code.ts';

interface Usage {
  /** The command whose help to look at: `nadir replay`. */
  readonly command: string;
  /** What was meant, when something is close. */
  readonly meant: string | null;
}

const help = ({ command }: { readonly command: string }) => `${command} --help`;
const meant = (text: string | null) => (text ? `; did you mean ${text}?` : '');

/** Failures that every command shares. */
export const cliCatalogue = defineErrors({
  CLI_COMMAND_UNKNOWN: errorEntry({
    exit: EXIT.usage,
    message: (p: Usage & { readonly typed: string }) => `there is no command "${p.typed}"${meant(p.meant)}`,
    hint: () => 'The help lists the commands.',
    next: help,
    doc: {
      cause: 'The first words of the command line are no command of this program.',
      action: 'Look at the list of commands; mind the order of two-word commands (`rules check`).',
      example: { command: 'nadir', typed: 'repaly', meant: 'replay' },
    },
  }),
  CLI_OPTION_UNKNOWN: errorEntry({
    exit: EXIT.usage,
    message: (p: Usage & { readonly option: string }) => `there is no option ${p.option}${meant(p.meant)}`,
    hint: (p) => `The help lists the options of ${p.command}.`,
    next: help,
    doc: {
      cause: 'The command does not have this option; another command may.',
      action: 'Look at the options of this command. A file whose name begins with a dash goes after `--`.',
      example: { command: 'nadir replay', option: '--yaer', meant: '--year' },
    },
  }),
  CLI_OPTION_VALUE: errorEntry({
    exit: EXIT.usage,
    message: (p: Usage & { readonly option: string; readonly found: string; readonly expected: string }) =>
      `${p.option}: found ${p.found}, expected ${p.expected}${meant(p.meant)}`,
    hint: (p) => `The help says what ${p.option} takes.`,
    next: help,
    doc: {
      cause: 'The option was given without a value, with a value that it cannot take, or more than once.',
      action: 'Write `--option VALUE` or `--option=VALUE`; a value that begins with a dash needs the `=`.',
      example: {
        command: 'nadir replay',
        option: '--year',
        found: '"last"',
        expected: 'a whole number',
        meant: null,
      },
    },
  }),
  CLI_ARGUMENT_MISSING: errorEntry({
    exit: EXIT.usage,
    message: (p: { readonly command: string; readonly argument: string }) =>
      `${p.command} needs ${p.argument}`,
    hint: (p) => `Name ${p.argument} after the command.`,
    next: help,
    doc: {
      cause: 'The command works on something that was not named.',
      action: 'Name it after the command; `-` stands for standard input where the help says so.',
      example: { command: 'nadir replay', argument: 'FILE' },
    },
  }),
  CLI_ARGUMENT_UNEXPECTED: errorEntry({
    exit: EXIT.usage,
    message: (p: { readonly command: string; readonly argument: string }) =>
      `${p.command} does not know what to do with "${p.argument}"`,
    hint: () => 'Take it away, or quote a name that holds spaces.',
    next: help,
    doc: {
      cause: 'More was named than the command takes.',
      action: 'Take the surplus away. A name with spaces needs quotes.',
      example: { command: 'nadir serve', argument: 'now' },
    },
  }),
  CLI_INTERNAL: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly command: string; readonly reason: string }) =>
      `something went wrong that ${p.command.split(' ')[0]} has no name for: ${p.reason}`,
    hint: () => 'This is a fault of the program; with --debug it prints where.',
    next: (p) => `${p.command} --debug`,
    doc: {
      cause: 'An error reached the top of the program that nobody expected there.',
      action:
        'Run the command again with `--debug` and report what it prints; it holds no secrets by intent, but look first.',
      example: { command: 'nadir replay', reason: 'Cannot read properties of undefined' },
    },
  }),
});

export const cliErrors = cliCatalogue.errors;
