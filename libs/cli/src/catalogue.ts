import { AppError, type ErrorContext } from './app-error.ts';
import type { ExitCode } from './exit-code.ts';

/** One kind of failure. `P` is what its sentences need to know. */
export interface ErrorEntry<P> {
  readonly exit: ExitCode;
  /** What happened, one sentence without a full stop. */
  readonly message: (params: P) => string;
  /** What to do about it, one sentence. */
  readonly hint: (params: P) => string;
  /** The command to run next. */
  readonly next: (params: P) => string;
  readonly doc: ErrorDoc<NoInfer<P>>;
}

/** The page of an error. */
export interface ErrorDoc<P> {
  /** Why it happens, in one or a few paragraphs of Markdown. */
  readonly cause: string;
  /** What to do, step by step, in Markdown. */
  readonly action: string;
  /** Parameters of the example that the page shows. */
  readonly example: P;
}

// biome-ignore lint/suspicious/noExplicitAny: each entry has parameters of its own; the mapped type below keeps them
export type ErrorTable = Readonly<Record<string, ErrorEntry<any>>>;

/** Makes the error: parameters for its sentences, context of this one occurrence. */
export type ErrorFactories<T extends ErrorTable> = {
  readonly [C in keyof T]: T[C] extends ErrorEntry<infer P>
    ? (params: P, context?: ErrorContext) => AppError
    : never;
};

/** An app's errors: factories by code, and the table that the pages are made from. */
export interface ErrorCatalogue<T extends ErrorTable = ErrorTable> {
  readonly errors: ErrorFactories<T>;
  readonly table: T;
}

/** Lets TypeScript infer an entry's parameters from its `message`. */
export function errorEntry<P>(entry: ErrorEntry<P>): ErrorEntry<P> {
  return entry;
}

/** `const { errors, table } = defineErrors({ NADIR_PORT_IN_USE: errorEntry({ … }) })`; codes are stable for ever. */
export function defineErrors<const T extends ErrorTable>(table: T): ErrorCatalogue<T> {
  const factories = Object.entries(table).map(([code, entry]) => {
    if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(code)) throw new TypeError(`not an error code: ${code}`);
    const create = (params: unknown, context?: ErrorContext) =>
      new AppError(
        {
          code,
          exit: entry.exit,
          message: entry.message(params),
          hint: entry.hint(params),
          next: entry.next(params),
        },
        context,
      );
    return [code, create] as const;
  });
  return { errors: Object.fromEntries(factories) as ErrorFactories<T>, table };
}
