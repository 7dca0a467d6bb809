import type { LiveEvents } from '@suite/api/contract';
import { urlOf } from './client.ts';

const RETRY_MS = 4000;

export type Connection = 'connecting' | 'live' | 'lost';

export type LiveHandlers = { readonly [K in keyof LiveEvents]?: (data: LiveEvents[K]) => void } & {
  readonly connection: (state: Connection) => void;
};

/**
 * Follows the live stream and takes it up again for as long as it is not closed. `ready` comes with every new
 * connection: what happened in between is the caller's to fetch.
 * @returns how to close it; may be called twice.
 */
export function openLive(wish: { text?: string; host?: string }, handlers: LiveHandlers): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = (): void => {
    handlers.connection('connecting');
    const stream = new EventSource(urlOf('/api/v1/live', wish));
    source = stream;
    const on = <K extends keyof LiveEvents>(event: K): void => {
      stream.addEventListener(event, (message) => {
        if (event === 'ready') handlers.connection('live');
        handlers[event]?.(JSON.parse((message as MessageEvent<string>).data));
      });
    };
    on('ready');
    on('record');
    on('detection');
    on('incident');
    on('dropped');
    stream.onerror = () => {
      handlers.connection('lost');
      // The browser tries again after a broken connection, but never after a refusal.
      if (stream.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(connect, RETRY_MS);
    };
  };
  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
