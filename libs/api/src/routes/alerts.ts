import { z } from 'zod';
import { alertListSchema, muteListSchema, muteSchema, problemSchema } from '../contract.ts';
import { usFromIso } from '../iso-time.ts';
import { problem } from '../problem.ts';
import { alertEntryView, muteView } from '../views/alert.ts';
import type { Api, RouteContext } from './context.ts';

const NO_ALERTS = problem('no_alerts', 'Alerts are not running.');
const who = z.string().trim().min(1).max(64).describe('Who does it');
const value = z.string().min(1).max(256).optional();

const muteBody = z.strictObject({
  match: z
    .strictObject({
      rule: value,
      address: value.describe('Address or network'),
      user: value,
      host: value,
    })
    .describe('What is given must all hold, for all that takes part'),
  reason: z.string().trim().min(1).max(500),
  by: who,
  expires: z
    .string()
    .max(40)
    .refine((text) => usFromIso(text) !== null, 'must be ISO 8601 with a zone, such as 2026-11-20T06:25:43Z')
    .describe('At most 90 days from now'),
  successes: z.boolean().default(false).describe('Hide logins too'),
});

/** What was told, and what is not to be. */
export function alertRoutes(app: Api, { operator }: RouteContext): void {
  app.get(
    '/api/v1/alerts',
    {
      schema: {
        summary: 'What was told and what was held back, and why',
        response: { 200: alertListSchema },
      },
    },
    async () => ({ items: (operator?.entries() ?? []).map(alertEntryView) }),
  );

  app.get(
    '/api/v1/mutes',
    { schema: { summary: 'Mutes in force, the next to expire first', response: { 200: muteListSchema } } },
    async () => ({ items: (operator?.mutes() ?? []).map(muteView) }),
  );

  app.post(
    '/api/v1/mutes',
    {
      bodyLimit: 8192,
      schema: {
        summary: 'Hide what is no news, for a reason and until a date',
        body: muteBody,
        response: { 201: muteSchema, 400: problemSchema, 503: problemSchema },
      },
    },
    async (request, reply) => {
      if (operator === undefined) return reply.code(503).send(NO_ALERTS);
      const { match, expires, ...rest } = request.body;
      const given = Object.fromEntries(Object.entries(match).filter(([, one]) => one !== undefined));
      try {
        const mute = await operator.mute({ ...rest, match: given, expiresUs: usFromIso(expires) ?? 0 });
        return reply.code(201).send(muteView(mute));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return reply.code(400).send(problem('bad_mute', `${error.message}.`));
      }
    },
  );

  app.delete(
    '/api/v1/mutes/:id',
    {
      schema: {
        summary: 'Lift a mute',
        params: z.object({ id: z.string().min(1).max(128) }),
        querystring: z.object({ by: who }),
        response: { 200: muteSchema, 404: problemSchema, 503: problemSchema },
      },
    },
    async (request, reply) => {
      if (operator === undefined) return reply.code(503).send(NO_ALERTS);
      const mute = await operator.unmute(request.params.id, request.query.by);
      if (mute === null) return reply.code(404).send(problem('not_found', 'There is no such mute.'));
      return muteView(mute);
    },
  );
}
