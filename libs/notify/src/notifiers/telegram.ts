import type { Notifier, NotifierContext, Render } from '../port.ts';
import { post } from '../post.ts';
import { cut, withoutMentions } from '../wording.ts';

export interface TelegramSettings {
  /** The bot's token; it is part of the address. */
  readonly token: string;
  readonly chat: string;
  /** The Bot API's server, where it is one's own. */
  readonly url: string;
  readonly render: Render;
}

/** A Telegram bot. Without a parse mode the text is plain, but for names of people. https://core.telegram.org/bots/api#sendmessage */
export function telegram(settings: TelegramSettings, { fetch }: NotifierContext): Notifier {
  return {
    kind: 'telegram',
    send: (alert, signal) =>
      post({
        fetch,
        url: `${settings.url.replace(/\/+$/, '')}/bot${settings.token}/sendMessage`,
        body: JSON.stringify({
          chat_id: settings.chat,
          text: cut(withoutMentions(`${alert.title}\n\n${settings.render(alert)}`), 4000),
          link_preview_options: { is_disabled: true },
          disable_notification: alert.level === 'informational' || alert.level === 'low',
        }),
        signal,
        secrets: [settings.token],
      }),
  };
}
