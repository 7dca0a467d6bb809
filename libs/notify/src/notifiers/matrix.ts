import { createHash } from 'node:crypto';
import type { Notifier, NotifierContext, Render } from '../port.ts';
import { post } from '../post.ts';
import { cut } from '../wording.ts';

export interface MatrixSettings {
  /** The home server: `https://matrix.example.org`. */
  readonly url: string;
  readonly token: string;
  /** Room id: `!abc:example.org`. */
  readonly room: string;
  readonly render: Render;
}

/**
 * A Matrix room. The transaction id is the alert's, so a repeated attempt is one message; the event mentions nobody.
 * https://spec.matrix.org/v1.11/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid
 */
export function matrix(settings: MatrixSettings, { fetch }: NotifierContext): Notifier {
  const room = encodeURIComponent(settings.room);
  return {
    kind: 'matrix',
    send(alert, signal) {
      const transaction = createHash('sha256').update(alert.id).digest('hex').slice(0, 32);
      return post({
        fetch,
        url: `${settings.url.replace(/\/+$/, '')}/_matrix/client/v3/rooms/${room}/send/m.room.message/${transaction}`,
        method: 'PUT',
        headers: { authorization: `Bearer ${settings.token}` },
        body: JSON.stringify({
          msgtype: 'm.text',
          body: cut(`${alert.title}\n\n${settings.render(alert)}`, 30_000),
          'm.mentions': {},
        }),
        signal,
      });
    },
  };
}
