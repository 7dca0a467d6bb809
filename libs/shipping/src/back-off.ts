export interface BackOffOptions {
  /** Default 100. */
  readonly minMs?: number;
  /** Default 30,000. */
  readonly maxMs?: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Longest pause that a Retry-After is heeded for: a receiver must not be able to switch the agent off. */
const MAX_RETRY_AFTER_MS = 5 * 60_000;

/**
 * Exponential back-off with full jitter (a pause between nothing and the doubling limit), never shorter than what
 * the receiver asked for.
 */
export function backOffMs(attempt: number, retryAfterMs: number, options: BackOffOptions): number {
  const { minMs = 100, maxMs = 30_000, random } = options;
  const limit = Math.min(maxMs, minMs * 2 ** Math.min(attempt, 30));
  return Math.max(random() * limit, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
}

/** Retry-After (RFC 9110, 10.2.3): seconds or a date; 0 when there is none or it makes no sense. */
export function retryAfterMs(header: string | undefined, nowMs: number): number {
  if (header === undefined) return 0;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - nowMs);
}
