import type { AppError } from './app-error.ts';
import { oneLine } from './one-line.ts';

export interface PrintOptions {
  readonly app: string;
  /** With the stacks of the error and its causes. */
  readonly debug: boolean;
}

/** Two to four lines: what happened, why, what to do, and last the command to run next. */
export function errorText(error: AppError, { app, debug }: PrintOptions): string {
  const cause = causeText(error);
  const lines = [
    `${app}: ${error.code}: ${multiLine(error.message)}`,
    ...(cause ? [`  because: ${cause}`] : []),
    `  ${oneLine(error.hint)}`,
    `  ${oneLine(error.next)}`,
  ];
  if (debug) lines.unshift(...stacks(error));
  return `${lines.join('\n')}\n`;
}

/** One object for a program to read. */
export function errorObject(error: AppError): Record<string, unknown> {
  const cause = causeText(error);
  return {
    type: 'error',
    code: error.code,
    message: error.message,
    hint: error.hint,
    next: error.next,
    exit: error.exit,
    ...(error.operation === undefined ? {} : { operation: error.operation }),
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(cause ? { cause } : {}),
  };
}

/** What was being done, to what, and the innermost reason, unless the message says it already. */
function causeText(error: AppError): string {
  const doing = [error.operation, error.path].filter((part) => part !== undefined).join(' ');
  const reason = innermost(error);
  const text = [doing, reason].filter((part) => part !== '' && !error.message.includes(part)).join(': ');
  return oneLine(text);
}

function innermost(error: Error): string {
  let reason = '';
  let current: unknown = error.cause;
  for (let depth = 0; depth < 8 && current !== undefined && current !== null; depth++) {
    if (!(current instanceof Error)) return String(current);
    reason = current.message || current.name;
    current = current.cause;
  }
  return reason;
}

function stacks(error: Error): string[] {
  const lines: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    lines.push(current.stack ?? String(current));
    current = current.cause;
  }
  return lines;
}

/** Messages may have lines of their own (one per configuration problem); each stays one line and is indented. */
function multiLine(text: string): string {
  return text.split('\n').map(oneLine).join('\n  ');
}
