import { z } from 'zod';
import { type ApiRate, problemSchema, rateSchema } from '../contract.ts';
import { problem } from '../problem.ts';
import { type RateWindow, rateView, wholeBuckets } from '../views/rate.ts';
import type { Api, RouteContext } from './context.ts';
import { QUERY, timeRange } from './query.ts';

const BUCKETS_MAX = 2000;

const querystring = z.object({
  from: QUERY.time.describe('`lastSeconds` before `to` if absent'),
  to: QUERY.time.describe('Now if absent'),
  bucketSeconds: z.coerce.number().int().min(1).max(86_400).default(60),
  lastSeconds: z.coerce
    .number()
    .int()
    .min(1)
    .max(366 * 86_400)
    .default(3600),
  host: QUERY.term,
});

export function rateRoute(app: Api, context: RouteContext): void {
  app.get(
    '/api/v1/rate',
    {
      schema: {
        summary: 'Lines per bucket of time',
        querystring,
        response: { 200: rateSchema, 400: problemSchema },
      },
    },
    async (request, reply) => {
      const range = timeRange(request.query);
      const toUs = range.toUs ?? context.clockUs();
      const fromUs = range.fromUs ?? toUs - request.query.lastSeconds * 1_000_000;
      const bucketUs = request.query.bucketSeconds * 1_000_000;
      if (fromUs >= toUs) return reply.code(400).send(problem('bad_request', 'from: must be before to'));
      if ((toUs - fromUs) / bucketUs > BUCKETS_MAX) {
        const hint = 'Ask for a shorter time or longer buckets.';
        return reply
          .code(400)
          .send(problem('bad_request', `bucketSeconds: more than ${BUCKETS_MAX} buckets`, hint));
      }
      return readRate(context, { fromUs, toUs, bucketUs }, request.query.host);
    },
  );
}

export async function readRate(context: RouteContext, asked: RateWindow, host?: string): Promise<ApiRate> {
  const window = wholeBuckets(asked);
  const buckets = await context.reader.rate({ ...window, ...(host === undefined ? {} : { host }) });
  return rateView(buckets, window);
}
