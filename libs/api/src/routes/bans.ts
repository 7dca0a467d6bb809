import { z } from 'zod';
import { type ApiBan, banListSchema, banSchema, problemSchema } from '../contract.ts';
import { isoFromUs } from '../iso-time.ts';
import { problem } from '../problem.ts';
import type { Api, RouteContext } from './context.ts';
import { QUERY } from './query.ts';

const NO_BANS = problem('no_bans', 'Decisions are switched off.', 'Set decisions.enabled: true.');
const who = z.string().trim().min(1).max(64).describe('Who does it');
const value = z.string().trim().min(2).max(64).describe('Address, or network in CIDR notation');

/** Who is not let in; the same that bouncers are told under `/v1/decisions`. */
export function banRoutes(app: Api, { bans, clockUs }: RouteContext): void {
  app.get(
    '/api/v1/bans',
    {
      schema: {
        summary: 'Bans in force, oldest first: the newest `limit`',
        // There may be 50,000: all of them in one answer would hold up everything else for a second.
        querystring: z.object({ limit: QUERY.limit(500) }),
        response: { 200: banListSchema },
      },
    },
    async (request) => ({
      items: (bans?.active(request.query.limit) ?? []).map(view),
      total: bans?.activeCount() ?? 0,
      enabled: bans !== undefined,
    }),
  );

  app.post(
    '/api/v1/bans',
    {
      bodyLimit: 4096,
      schema: {
        summary: 'Ban an address or a network by hand',
        body: z.strictObject({
          value,
          seconds: z.number().int().min(10).max(31_536_000).describe('How long'),
          reason: z.string().trim().min(1).max(500),
          by: who,
        }),
        response: { 201: banSchema, 400: problemSchema, 409: problemSchema, 503: problemSchema },
      },
    },
    async (request, reply) => {
      if (bans === undefined) return reply.code(503).send(NO_BANS);
      const { value: wanted, seconds, reason, by } = request.body;
      try {
        const ban = bans.ban(wanted, seconds * 1000, `${reason} (${by})`);
        if (ban !== null) return reply.code(201).send(view(ban));
        return reply.code(409).send(problem('banned_already', 'It is banned for longer already.'));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return reply.code(400).send(problem('never_banned', `${error.message}.`));
      }
    },
  );

  app.delete(
    '/api/v1/bans',
    {
      schema: {
        summary: 'Take a ban back',
        querystring: z.object({ value, by: who }),
        response: { 200: banListSchema, 404: problemSchema, 503: problemSchema },
      },
    },
    async (request, reply) => {
      if (bans === undefined) return reply.code(503).send(NO_BANS);
      const lifted = bans.unban(request.query.value, request.query.by);
      if (lifted.length === 0) return reply.code(404).send(problem('not_found', 'There is no such ban.'));
      return { items: lifted.map(view), total: bans.activeCount(), enabled: true };
    },
  );

  function view(ban: Ban): ApiBan {
    const { id, value: banned, origin, scenario, detectionId, reason, createdUs, untilUs } = ban;
    return {
      id,
      value: banned,
      origin,
      rule: scenario,
      detection: detectionId,
      reason,
      created: isoFromUs(createdUs),
      until: isoFromUs(untilUs),
      secondsLeft: Math.max(0, Math.round((untilUs - clockUs()) / 1e6)),
    };
  }
}

type Ban = ReturnType<NonNullable<RouteContext['bans']>['active']>[number];
