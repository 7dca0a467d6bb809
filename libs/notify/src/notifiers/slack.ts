import type { Notifier, NotifierContext, Render } from '../port.ts';
import { post } from '../post.ts';
import { cut, withoutMentions } from '../wording.ts';

export interface SlackSettings {
  /** The incoming webhook's address; it is a secret. */
  readonly url: string;
  readonly render: Render;
}

/**
 * A Slack incoming webhook (Mattermost and Rocket.Chat take the same). `plain_text` blocks know no markup and no
 * mentions; Mattermost looks for names such as @all in the text, so they are broken. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export function slack(settings: SlackSettings, { fetch }: NotifierContext): Notifier {
  return {
    kind: 'slack',
    send: (alert, signal) =>
      post({
        fetch,
        url: settings.url,
        body: JSON.stringify({
          // What notifications show; three characters are markup here.
          text: withoutMentions(alert.title)
            .replace(/&/g, '&amp;')
            .replace(/</g, '&lt;')
            .replace(/>/g, '&gt;'),
          blocks: [
            { type: 'header', text: { type: 'plain_text', text: cut(alert.title, 150), emoji: false } },
            {
              type: 'section',
              text: { type: 'plain_text', text: cut(settings.render(alert), 3000), emoji: false },
            },
          ],
        }),
        signal,
      }),
  };
}
