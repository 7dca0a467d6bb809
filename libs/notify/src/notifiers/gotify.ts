import type { Level } from '@suite/event';
import type { Notifier, NotifierContext, Render } from '../port.ts';
import { post } from '../post.ts';
import { cut } from '../wording.ts';

export interface GotifySettings {
  /** The server: `https://gotify.example.org`. */
  readonly url: string;
  /** Application token. */
  readonly token: string;
  readonly render: Render;
}

/** Android notifies from 4 on, with sound from 8. https://gotify.net/docs/pushmsg */
const PRIORITY: Readonly<Record<Level, number>> = {
  informational: 1,
  low: 2,
  medium: 5,
  high: 8,
  critical: 10,
};

/** Gotify. The text is shown as plain text, never as markdown: that is the client's default. */
export function gotify(settings: GotifySettings, { fetch }: NotifierContext): Notifier {
  return {
    kind: 'gotify',
    send: (alert, signal) =>
      post({
        fetch,
        url: new URL('message', withSlash(settings.url)).href,
        headers: { 'x-gotify-key': settings.token },
        body: JSON.stringify({
          title: alert.title,
          message: cut(settings.render(alert), 8000),
          priority: PRIORITY[alert.level],
        }),
        signal,
      }),
  };
}

/** So that a server below a path keeps it. */
function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
