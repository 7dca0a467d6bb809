import type { Notifier, NotifierContext } from '../port.ts';
import { post } from '../post.ts';
import { fillTemplate, jsonEscape } from '../template.ts';

export interface WebhookSettings {
  readonly url: string;
  /** Whole `Authorization` header. */
  readonly authorization?: string | undefined;
  /** The body; without one it is the alert as JSON. */
  readonly template?: string | undefined;
  /** `application/json` by default; a template's values are escaped for JSON when it is. */
  readonly contentType?: string | undefined;
}

/** Posts the alert to any address: as JSON, or as the operator's template says. */
export function webhook(settings: WebhookSettings, { fetch }: NotifierContext): Notifier {
  const contentType = settings.contentType ?? 'application/json';
  const isJson = /\bjson\b/i.test(contentType);
  const render =
    settings.template === undefined
      ? JSON.stringify
      : fillTemplate(settings.template, isJson ? jsonEscape : undefined);
  return {
    kind: 'webhook',
    send: (alert, signal) =>
      post({
        fetch,
        url: settings.url,
        headers: settings.authorization === undefined ? {} : { authorization: settings.authorization },
        body: render(alert),
        contentType,
        signal,
      }),
  };
}
