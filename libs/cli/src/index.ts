export { AppError, type ErrorContext } from './app-error.ts';
export {
  defineErrors,
  type ErrorCatalogue,
  type ErrorDoc,
  type ErrorEntry,
  errorEntry,
} from './catalogue.ts';
export { cliCatalogue, cliErrors } from './cli-errors.ts';
export { type Command, type CommandContext, defineCommand, type PositionalSpec } from './command.ts';
export { ERROR_PAGES_DIR, type ErrorPage, errorIndex, errorPages } from './error-pages.ts';
export { EXIT, type ExitCode } from './exit-code.ts';
export { type AppInfo, appHelp, commandHelp } from './help.ts';
export { createLogger, type Logger, type LoggerOptions, type LogLevel, redact } from './logger.ts';
export { createNdjsonWriter, type NdjsonWriter } from './ndjson.ts';
export { oneLine } from './one-line.ts';
export { GLOBAL_OPTIONS, type OptionSpec, type OptionTable, type OptionValues } from './option.ts';
export { type ParsedArgv, parseArgv } from './parse-argv.ts';
export { errorObject, errorText } from './print-error.ts';
export { createProgress, type Progress, type ProgressOptions, progressText } from './progress.ts';
export { type RunOptions, runCommand } from './run-command.ts';
export { InterruptedError, listenForSignals, type SignalEmitter, type Signals } from './signals.ts';
export { createTextOutput, OutputClosedError, type TextOutput } from './text-output.ts';
