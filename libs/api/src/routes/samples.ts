import { z } from 'zod';
import { sampleListSchema } from '../contract.ts';
import { sampleView } from '../views/sample.ts';
import type { Api, RouteContext } from './context.ts';
import { QUERY, timeRange } from './query.ts';

const querystring = z.object({
  host: z.string().min(1).max(512),
  name: z.string().min(1).max(256).describe('OpenTelemetry name, such as system.cpu.utilization'),
  from: QUERY.time,
  to: QUERY.time,
  limit: QUERY.limit(500),
});

export function samplesRoute(app: Api, context: RouteContext): void {
  app.get(
    '/api/v1/samples',
    { schema: { summary: 'What was measured on a node', querystring, response: { 200: sampleListSchema } } },
    async (request) => {
      const { host, name, limit } = request.query;
      const samples = await context.reader.samples({ host, name, limit, ...timeRange(request.query) });
      return { items: samples.map(sampleView) };
    },
  );
}
