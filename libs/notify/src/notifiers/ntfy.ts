import type { Level } from '@suite/event';
import type { Notifier, NotifierContext, Render } from '../port.ts';
import { post } from '../post.ts';
import { cut } from '../wording.ts';

export interface NtfySettings {
  /** The server: `https://ntfy.sh`. */
  readonly url: string;
  readonly topic: string;
  readonly token?: string | undefined;
  readonly render: Render;
}

/** https://docs.ntfy.sh/publish/#message-priority */
const PRIORITY: Readonly<Record<Level, number>> = {
  informational: 1,
  low: 2,
  medium: 3,
  high: 4,
  critical: 5,
};
const TAGS: Readonly<Record<Level, string>> = {
  informational: 'information_source',
  low: 'information_source',
  medium: 'warning',
  high: 'rotating_light',
  critical: 'rotating_light',
};
/** Longer messages become attachments. */
const MESSAGE_CHARS = 1300;

/** ntfy, published as JSON so that no text of a log ends up in a header. https://docs.ntfy.sh/publish/#publish-as-json */
export function ntfy(settings: NtfySettings, { fetch }: NotifierContext): Notifier {
  return {
    kind: 'ntfy',
    send: (alert, signal) =>
      post({
        fetch,
        url: settings.url,
        headers: settings.token === undefined ? {} : { authorization: `Bearer ${settings.token}` },
        body: JSON.stringify({
          topic: settings.topic,
          title: alert.title,
          message: cut(settings.render(alert), MESSAGE_CHARS),
          priority: PRIORITY[alert.level],
          tags: [TAGS[alert.level]],
        }),
        signal,
      }),
  };
}
