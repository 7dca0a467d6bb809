import type { ServerResponse } from 'node:http';
import type { LogRecord } from '@suite/event';
import { z } from 'zod';
import { SESSION_COOKIE } from '../access.ts';
import { problemSchema } from '../contract.ts';
import { cookieValue } from '../cookie.ts';
import { isoFromUs } from '../iso-time.ts';
import { createLiveClient } from '../live-client.ts';
import { problem } from '../problem.ts';
import { SECURITY_HEADERS } from '../security-headers.ts';
import { createTextFilter } from '../text-filter.ts';
import { detectionView } from '../views/detection.ts';
import { incidentView } from '../views/incident.ts';
import { recordView } from '../views/record.ts';
import type { Api, RouteContext } from './context.ts';
import { QUERY } from './query.ts';

const HEARTBEAT_MS = 15_000;

const querystring = z.object({
  text: QUERY.term.describe('As in /api/v1/events'),
  host: QUERY.term,
  recent: z.coerce
    .number()
    .int()
    .min(0)
    .max(500)
    .default(0)
    .describe('Start with this many lines from memory'),
});

/** Server-sent events: `ready`, `record`, `detection`, `incident`, `dropped`; comments keep the connection open. */
export function liveRoute(app: Api, context: RouteContext): void {
  const open = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const close of [...open]) close();
  });

  app.get(
    '/api/v1/live',
    {
      schema: {
        summary: 'Lines, detections and incidents as they come, as server-sent events',
        querystring,
        produces: ['text/event-stream'],
        response: { 503: problemSchema },
      },
    },
    async (request, reply) => {
      if (open.size >= context.liveClientsMax) {
        const hint = 'Close another live view and try again.';
        return reply
          .code(503)
          .header('retry-after', '30')
          .send(problem('too_many_clients', 'Too many live views are open.', hint));
      }
      reply.hijack();
      const cookie = cookieValue(request.headers.cookie, SESSION_COOKIE);
      const endsUs =
        request.headers.authorization || cookie === null ? null : context.access.sessionExpiryUs(cookie);
      const { text, host, recent } = request.query;
      open.add(serveLive(context, reply.raw, { text, host, recent, endsUs }, (close) => open.delete(close)));
      return reply;
    },
  );
}

interface LiveWish {
  readonly text: string | undefined;
  readonly host: string | undefined;
  readonly recent: number;
  /** When the session ends, and the stream with it. */
  readonly endsUs: number | null;
}

/** @returns what closes the stream; it closes itself with the connection or the session, and says so to `left`. */
function serveLive(
  context: RouteContext,
  response: ServerResponse,
  wish: LiveWish,
  left: (close: () => void) => void,
): () => void {
  const filter = wish.text === undefined ? null : createTextFilter(wish.text);
  const wanted = (record: LogRecord) =>
    (wish.host === undefined || record.origin.host === wish.host) && (filter === null || filter(record.raw));
  const client = createLiveClient(response);

  const heartbeat = setInterval(() => {
    if (wish.endsUs !== null && wish.endsUs <= context.clockUs()) close();
    else client.heartbeat();
  }, HEARTBEAT_MS);
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    clearInterval(heartbeat);
    leave();
    context.liveCounters.clients--;
    context.liveCounters.droppedRecords += client.droppedTotal;
    left(close);
    response.end();
  };

  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.on('drain', client.drained);
  response.on('close', close);
  response.on('error', close);
  context.liveCounters.clients++;
  const nowUs = context.clockUs();
  client.send('ready', { now: isoFromUs(nowUs), nowUs });
  if (wish.recent > 0) {
    for (const record of context.live.recentRecords().filter(wanted).slice(-wish.recent)) {
      client.send('record', recordView(record));
    }
  }
  const leave = context.live.subscribe({
    records(records, skipped) {
      client.countDropped(skipped);
      for (const record of records) if (wanted(record)) client.send('record', recordView(record));
    },
    detection: (detection) => client.send('detection', detectionView(detection)),
    incident: (incident) =>
      client.send('incident', incidentView(incident, context.operator?.acknowledged(incident.id) ?? null)),
  });
  return close;
}
