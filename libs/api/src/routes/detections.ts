import { z } from 'zod';
import { detectionPageSchema, detectionSchema, levelSchema, problemSchema } from '../contract.ts';
import { problem } from '../problem.ts';
import { detectionView } from '../views/detection.ts';
import type { Api, RouteContext } from './context.ts';
import { given, QUERY, timeRange } from './query.ts';

const querystring = z.object({
  rule: QUERY.term,
  host: QUERY.term,
  minLevel: levelSchema.optional(),
  from: QUERY.time,
  to: QUERY.time,
  limit: QUERY.limit(50),
  cursor: QUERY.cursor,
});

export function detectionRoutes(app: Api, context: RouteContext): void {
  app.get(
    '/api/v1/detections',
    { schema: { summary: 'Detections, newest first', querystring, response: { 200: detectionPageSchema } } },
    async (request) => {
      const { from, to, ...terms } = request.query;
      const page = await context.reader.detections({ ...given(terms), ...timeRange({ from, to }) });
      return { items: page.items.map(detectionView), next: page.next };
    },
  );

  app.get(
    '/api/v1/detections/:id',
    {
      schema: {
        summary: 'One detection with its evidence',
        params: z.object({ id: z.string().min(1).max(128) }),
        response: { 200: detectionSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const detection = await context.reader.detection(request.params.id);
      if (detection === null)
        return reply.code(404).send(problem('not_found', 'There is no such detection.'));
      return detectionView(detection);
    },
  );
}
