import { z } from 'zod';
import { recordPageSchema } from '../contract.ts';
import { recordView } from '../views/record.ts';
import type { Api, RouteContext } from './context.ts';
import { given, QUERY, timeRange } from './query.ts';

const querystring = z.object({
  text: QUERY.term.describe('Words that the line must contain; a word may end in `*`; "a phrase" in quotes'),
  host: QUERY.term,
  action: QUERY.term,
  outcome: QUERY.term,
  program: QUERY.term,
  user: QUERY.term,
  sourceAddress: QUERY.term,
  path: QUERY.term,
  from: QUERY.time,
  to: QUERY.time,
  limit: QUERY.limit(100),
  cursor: QUERY.cursor,
});

export function eventsRoute(app: Api, context: RouteContext): void {
  app.get(
    '/api/v1/events',
    {
      schema: { summary: 'Search the lines, newest first', querystring, response: { 200: recordPageSchema } },
    },
    async (request) => {
      const { from, to, ...terms } = request.query;
      const page = await context.reader.records({ ...given(terms), ...timeRange({ from, to }) });
      return { items: page.items.map(recordView), next: page.next };
    },
  );
}
