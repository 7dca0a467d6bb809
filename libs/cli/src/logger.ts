import { type Logger, pino } from 'pino';
import { oneLine } from './one-line.ts';

export type { Logger };

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LoggerOptions {
  readonly app: string;
  readonly level: LogLevel;
  /** Standard error. */
  readonly stream: { readonly isTTY?: boolean; write(text: string): unknown };
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
}

const SECRET_KEY =
  /passw(or)?d|passphrase|(^|[_.-])pass$|secret|token|authorization|cookie|credential|private_?key|api_?key/i;
const MASK = '***';
const MAX_DEPTH = 6;

/** Logs to standard error: one line of text on a terminal, one JSON object a line otherwise. Masks secrets by key. */
export function createLogger({ app, level, stream, nowMs }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { app },
      timestamp: () => `,"time":"${new Date(nowMs()).toISOString()}"`,
      serializers: { err: errorFields, error: errorFields },
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => void stream.write(safeLine(line, stream.isTTY === true)) },
  );
}

/** Masked on the finished line, so that what child loggers are bound to is covered as well. */
function safeLine(line: string, pretty: boolean): string {
  const fields = redact(JSON.parse(line)) as Record<string, unknown>;
  return pretty ? prettyLine(fields) : `${JSON.stringify(fields)}\n`;
}

/** A copy of plain data in which the values of keys that sound like secrets are masked. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      SECRET_KEY.test(key) && child !== undefined ? MASK : redact(child, depth + 1),
    ]),
  );
}

function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const code = (error as NodeJS.ErrnoException).code;
  return { name, code, message, stack, ...(cause instanceof Error ? { cause: cause.message } : {}) };
}

/** `12:03:04 INFO  listening  address=127.0.0.1:7070`. */
function prettyLine({ time, level, msg, app: _app, ...fields }: Record<string, unknown>): string {
  const rest = Object.entries(fields).map(([key, value]) => `${key}=${fieldText(value)}`);
  const head = `${String(time).slice(11, 19)} ${String(level).toUpperCase().padEnd(5)} ${msg ?? ''}`;
  return `${oneLine([head, ...rest].join('  '))}\n`;
}

function fieldText(value: unknown): string {
  if (typeof value === 'string') return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  const message = (value as { readonly message?: unknown } | null)?.message;
  return typeof message === 'string' ? JSON.stringify(message) : JSON.stringify(value);
}
