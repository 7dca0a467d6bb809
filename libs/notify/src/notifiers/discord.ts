import type { Level } from '@suite/event';
import type { Notifier, NotifierContext, Render } from '../port.ts';
import { post } from '../post.ts';
import { cut } from '../wording.ts';

export interface DiscordSettings {
  /** The webhook's address; it is a secret. */
  readonly url: string;
  readonly render: Render;
}

const COLOURS: Readonly<Record<Level, number>> = {
  informational: 0x8a8f98,
  low: 0x3b82f6,
  medium: 0xf59e0b,
  high: 0xef4444,
  critical: 0x9f1239,
};

/**
 * A Discord webhook: one embed. Nobody is mentioned, whatever the lines hold, and markdown in them is shown as written.
 * https://discord.com/developers/docs/resources/webhook#execute-webhook
 */
export function discord(settings: DiscordSettings, { fetch }: NotifierContext): Notifier {
  return {
    kind: 'discord',
    send: (alert, signal) =>
      post({
        fetch,
        url: settings.url,
        body: JSON.stringify({
          username: 'NADIR',
          allowed_mentions: { parse: [] },
          embeds: [
            {
              title: escapeMarkdown(cut(alert.title, 120)),
              description: cut(escapeMarkdown(settings.render(alert)), 4000),
              color: COLOURS[alert.level],
              timestamp: new Date(alert.timeUs / 1000).toISOString(),
            },
          ],
        }),
        signal,
      }),
  };
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\*_~`|<>#[\]()@:-]/g, '\\$&');
}
