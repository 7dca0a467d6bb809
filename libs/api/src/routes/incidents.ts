import type { Detection } from '@suite/event';
import { z } from 'zod';
import {
  incidentDetailSchema,
  incidentPageSchema,
  incidentSchema,
  levelSchema,
  problemSchema,
} from '../contract.ts';
import { problem } from '../problem.ts';
import { detectionView } from '../views/detection.ts';
import { incidentView } from '../views/incident.ts';
import type { Api, RouteContext } from './context.ts';
import { given, QUERY, timeRange } from './query.ts';

const querystring = z.object({
  minLevel: levelSchema.optional(),
  host: QUERY.term,
  address: QUERY.term,
  user: QUERY.term,
  open: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  from: QUERY.time,
  to: QUERY.time,
  limit: QUERY.limit(50),
  cursor: QUERY.cursor,
});

const params = z.object({ id: z.string().min(1).max(128) });
const AT_ONCE = 10;
const NOT_FOUND = problem('not_found', 'There is no such incident.');

export function incidentRoutes(app: Api, context: RouteContext): void {
  const { reader, operator } = context;
  const acknowledged = (id: string) => operator?.acknowledged(id) ?? null;

  app.get(
    '/api/v1/incidents',
    { schema: { summary: 'Incidents, newest first', querystring, response: { 200: incidentPageSchema } } },
    async (request) => {
      const { from, to, ...terms } = request.query;
      const page = await reader.incidents({ ...given(terms), ...timeRange({ from, to }) });
      return { items: page.items.map((one) => incidentView(one, acknowledged(one.id))), next: page.next };
    },
  );

  app.get(
    '/api/v1/incidents/:id',
    {
      schema: {
        summary: 'One incident with its detections',
        params,
        response: { 200: incidentDetailSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const incident = await reader.incident(request.params.id);
      if (incident === null) return reply.code(404).send(NOT_FOUND);
      const detections: Detection[] = [];
      // A remote store is asked a few at a time.
      for (let at = 0; at < incident.detections.length; at += AT_ONCE) {
        const ids = incident.detections.slice(at, at + AT_ONCE);
        const found = await Promise.all(ids.map((id) => reader.detection(id)));
        detections.push(...found.filter((one) => one !== null));
      }
      return {
        ...incidentView(incident, acknowledged(incident.id)),
        detections: detections.map(detectionView),
      };
    },
  );

  app.post(
    '/api/v1/incidents/:id/acknowledge',
    {
      bodyLimit: 4096,
      schema: {
        summary: 'Somebody looks after it: it is told again only when its level rises',
        params,
        body: z.strictObject({
          by: z.string().trim().min(1).max(64).describe('Who'),
          note: z.string().max(500).default(''),
        }),
        response: { 200: incidentSchema, 404: problemSchema, 503: problemSchema },
      },
    },
    async (request, reply) => {
      if (operator === undefined)
        return reply.code(503).send(problem('no_alerts', 'Alerts are not running.'));
      const incident = await reader.incident(request.params.id);
      if (incident === null) return reply.code(404).send(NOT_FOUND);
      const { by, note } = request.body;
      return incidentView(incident, await operator.acknowledge(incident, by, note));
    },
  );
}
