import type { Alert } from '@suite/event';

/** Takes alerts to people. */
export interface AlertSink {
  /**
   * Resolves when the alert is durably queued. Idempotent by `alert.id`: after a crash the same alert comes again and
   * must not be sent again. A rejection means that it is tried again later.
   */
  deliver(alert: Alert): Promise<void>;
}
