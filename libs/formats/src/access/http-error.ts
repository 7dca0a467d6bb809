import type { Event } from '@suite/event';

/**
 * One wording of an error log that tells of a request that went wrong. Groups: `path` (a file of the server's),
 * `method`, `url`.
 */
export interface HttpErrorForm {
  readonly pattern: RegExp;
  readonly reason: string;
  /** Where the wording implies it. */
  readonly status?: number;
}

/** Writes the first that fits as `http_error`; who asked is the caller's knowledge. */
export function matchHttpErrors(forms: readonly HttpErrorForm[], message: string, event: Event): boolean {
  if (message.length > 16_384) return false;
  for (const { pattern, reason, status } of forms) {
    const m = pattern.exec(message);
    if (m === null) continue;
    const { path, method, url } = m.groups ?? {};
    event['event.category'] = 'web';
    event['event.action'] = 'http_error';
    event['event.outcome'] = 'failure';
    event['event.reason'] = reason;
    if (status !== undefined) event['http.response.status_code'] = status;
    if (path) event['file.path'] = path;
    if (method) event['http.request.method'] = method;
    if (url) event['url.original'] = url;
    return true;
  }
  return false;
}
