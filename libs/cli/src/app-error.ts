import type { ExitCode } from './exit-code.ts';

/** What happened around an error; added once, where it is known. */
export interface ErrorContext {
  /** What was being done: `open the journal`. */
  readonly operation?: string;
  /** The file, address or key that it was done to. */
  readonly path?: string;
  readonly cause?: unknown;
}

/** An error that the catalogue knows: it has a page, an exit code and a next step. */
export class AppError extends Error {
  override readonly name = 'AppError';
  /** Stable: `NADIR_PORT_IN_USE`. */
  readonly code: string;
  readonly exit: ExitCode;
  /** What to do about it, one sentence. */
  readonly hint: string;
  /** The command to run next. */
  readonly next: string;
  readonly operation: string | undefined;
  readonly path: string | undefined;

  constructor(
    fields: {
      readonly code: string;
      readonly exit: ExitCode;
      readonly message: string;
      readonly hint: string;
      readonly next: string;
    },
    context: ErrorContext = {},
  ) {
    super(fields.message, context.cause === undefined ? undefined : { cause: context.cause });
    this.code = fields.code;
    this.exit = fields.exit;
    this.hint = fields.hint;
    this.next = fields.next;
    this.operation = context.operation;
    this.path = context.path;
  }
}
