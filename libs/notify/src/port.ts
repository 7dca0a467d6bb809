import type { Alert } from '@suite/event';

/**
 * A way to reach a person. One file each in notifiers/. It sends and says whether it worked; waiting, retrying, limiting
 * and remembering are the courier's.
 */
export interface Notifier {
  /** As in the configuration: `ntfy`, `smtp`, … */
  readonly kind: string;
  /**
   * Delivers one alert. Called again with the same alert after a transient failure, so a service that was reached but
   * did not answer may tell it twice.
   * @throws DeliveryError; its message never holds a secret (some services have theirs in the address).
   */
  send(alert: Alert, signal: AbortSignal): Promise<void>;
}

/** What a notifier may use of the outside. */
export interface NotifierContext {
  readonly fetch: typeof fetch;
}

/** Where an alert's words come from: the built-in wording, or the operator's template. */
export type Render = (alert: Alert) => string;

export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  /** Trying again later may help: no network, 5xx, 429. */
  readonly transient: boolean;
  /** The service asked to wait so long. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    options: { readonly transient: boolean; readonly retryAfterMs?: number; readonly cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.transient = options.transient;
    this.retryAfterMs = options.retryAfterMs;
  }
}
