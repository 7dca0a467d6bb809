import type { ExitCode } from './exit-code.ts';
import type { Logger } from './logger.ts';
import type { NdjsonWriter } from './ndjson.ts';
import type { OptionTable, OptionValues } from './option.ts';
import type { Progress, ProgressOptions } from './progress.ts';

export interface PositionalSpec {
  /** As the help names it: `FILE`. */
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  /** Takes all that follow; the last one only. */
  readonly many?: boolean;
}

/** What a command gets. Everything from outside comes in here. */
export interface CommandContext<O extends OptionTable = OptionTable> {
  readonly options: OptionValues<O>;
  readonly positionals: readonly string[];
  /** `--config`, or the app's `…_CONFIG` variable. */
  readonly configFile: string | undefined;
  readonly json: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream;
  /** Plain text for people; drops it with `--json`. Waits for a slow reader. */
  print(text: string): Promise<void>;
  /** Objects for programs, one a line; drops them without `--json`. Waits for a slow reader. */
  readonly output: NdjsonWriter;
  readonly log: Logger;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** A line on standard error that shows how far it is; silent where that is no terminal. */
  progress(options: ProgressOptions): Progress;
  /** For warnings: one line on standard error. */
  warn(text: string): void;
}

export interface Command<O extends OptionTable = OptionTable> {
  /** Its words: `serve`, `rules check`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly options: O;
  readonly positionals: readonly PositionalSpec[];
  /** A command line or two for the help. */
  readonly examples?: readonly string[];
  /** @returns the exit code; failures are thrown. */
  // A method, so that a command with options of its own fits into a table of commands.
  run(context: CommandContext<O>): Promise<ExitCode>;
}

/** Keeps the types of a command's options. */
export function defineCommand<const O extends OptionTable>(command: Command<O>): Command<O> {
  return command;
}
