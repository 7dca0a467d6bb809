import type { Writable } from 'node:stream';
import { AppError } from './app-error.ts';
import { cliErrors } from './cli-errors.ts';
import type { Command } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { type AppInfo, appHelp, commandHelp } from './help.ts';
import { createLogger, type LogLevel } from './logger.ts';
import { createNdjsonWriter, silentWriter } from './ndjson.ts';
import { oneLine, safeText } from './one-line.ts';
import { type ParsedArgv, parseArgv } from './parse-argv.ts';
import { errorObject, errorText } from './print-error.ts';
import { createProgress, type Progress } from './progress.ts';
import { InterruptedError, listenForSignals, type SignalEmitter } from './signals.ts';
import { createTextOutput, OutputClosedError, type TextOutput } from './text-output.ts';

export interface RunOptions {
  readonly app: AppInfo;
  /** In the order of the help. */
  readonly commands: readonly Command[];
  /** Without node and script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  /** `process`. */
  readonly signals: SignalEmitter;
  /** Ends the process at once, for a second SIGINT: `process.exit`. */
  readonly exitNow: (code: number) => void;
  /** Makes a catalogued error of one that a library threw; null when it does not know it. */
  readonly translate?: (error: unknown) => AppError | null;
}

/**
 * Runs the command that a command line names, prints what it fails with, and says what to exit with. Reads
 * `APP_CONFIG`, `APP_DEBUG` and `APP_LOG_LEVEL` from the environment.
 */
export async function runCommand(run: RunOptions): Promise<ExitCode> {
  const prefix = run.app.name.toUpperCase();
  const output = createTextOutput(run.stdout);
  // A closed standard error must not end the program with a stack that nobody can read.
  run.stderr.on('error', () => {});
  const asked = {
    json: asksFor(run.argv, '--json'),
    debug: asksFor(run.argv, '--debug') || !!run.env[`${prefix}_DEBUG`],
  };
  const signals = listenForSignals(run.signals, run.exitNow);
  let title = run.app.name;
  let progress: Progress[] = [];
  try {
    const parsed = parseArgv(run.app.name, run.commands, run.argv);
    if (parsed.command) title = `${run.app.name} ${parsed.command.name}`;
    const answered = await answer(run, parsed, output);
    if (answered !== null) return answered;
    const code = await parsed.command!.run({
      options: parsed.options as never,
      positionals: parsed.positionals,
      configFile: parsed.global.config ?? (run.env[`${prefix}_CONFIG`] || undefined),
      json: parsed.global.json,
      env: run.env,
      stdin: run.stdin,
      print: (text) =>
        parsed.global.json
          ? Promise.resolve()
          : output.write(safeText(text.endsWith('\n') ? text : `${text}\n`)),
      output: parsed.global.json ? createNdjsonWriter(output) : silentWriter,
      log: createLogger({
        app: run.app.name,
        level: logLevel(run.env[`${prefix}_LOG_LEVEL`]),
        stream: run.stderr,
        nowMs: run.nowMs,
      }),
      signal: AbortSignal.any([signals.signal, output.closed]),
      progress: (options) => {
        const made = createProgress(run.stderr, run.nowMs, options);
        progress.push(made);
        return made;
      },
      warn: (text) => void run.stderr.write(`${run.app.name}: ${oneLine(text)}\n`),
    });
    await output.flush();
    return code;
  } catch (error) {
    for (const line of progress) line.stop();
    progress = [];
    return await fail(run, error, { title, output, interrupted: signals.signal.aborted, ...asked });
  } finally {
    for (const line of progress) line.stop();
    signals.stop();
    output.stop();
  }
}

/** Help and version; null when the command is to be run. */
async function answer(run: RunOptions, parsed: ParsedArgv, output: TextOutput): Promise<ExitCode | null> {
  const { global, command } = parsed;
  if (global.version) {
    const { name, version } = run.app;
    await output.write(
      global.json ? `${JSON.stringify({ type: 'version', name, version })}\n` : `${name} ${version}\n`,
    );
  } else if (global.help) {
    await output.write(command ? commandHelp(run.app, command) : appHelp(run.app, run.commands));
  } else if (!command) {
    run.stderr.write(appHelp(run.app, run.commands));
    return EXIT.usage;
  } else return null;
  await output.flush();
  return EXIT.ok;
}

interface Failure {
  readonly title: string;
  readonly output: TextOutput;
  readonly interrupted: boolean;
  readonly json: boolean;
  readonly debug: boolean;
}

async function fail(run: RunOptions, error: unknown, failure: Failure): Promise<ExitCode> {
  const { title, output, interrupted, json, debug } = failure;
  if (error instanceof OutputClosedError || output.closed.aborted) return EXIT.ok;
  if (error instanceof InterruptedError || (interrupted && isAbort(error))) return EXIT.interrupted;
  const known = error instanceof AppError ? error : (run.translate?.(error) ?? unexpected(title, error));
  if (json) {
    try {
      await output.write(`${JSON.stringify(errorObject(known))}\n`);
      await output.flush();
    } catch {
      return known.exit;
    }
  } else run.stderr.write(errorText(known, { app: run.app.name, debug }));
  return known.exit;
}

function unexpected(title: string, error: unknown): AppError {
  const reason = error instanceof Error ? error.message || error.name : String(error);
  return cliErrors.CLI_INTERNAL({ command: title, reason: oneLine(reason) }, { cause: error });
}

function isAbort(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'AbortError' || (error as NodeJS.ErrnoException).code === 'ABORT_ERR')
  );
}

/** Asked before the command line is known to be right, so that its own mistakes come out in the form wanted. */
function asksFor(argv: readonly string[], option: string): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? undefined : end).includes(option);
}

const LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];

function logLevel(text: string | undefined): LogLevel {
  return LEVELS.find((level) => level === text) ?? 'info';
}
