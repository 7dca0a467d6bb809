import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DecisionBook } from './book.ts';
import { type Bouncer, createKeyCheck } from './bouncer-keys.ts';
import type { Decision } from './decision.ts';
import { decisionFilter } from './filter.ts';
import { goDuration } from './go-duration.ts';
import { plainAddress } from './plain-address.ts';

export interface LapiOptions {
  readonly book: DecisionBook;
  readonly bouncers: readonly Bouncer[];
  /** Integer microseconds since the epoch. */
  readonly clockUs: () => number;
}

const word = z.string().max(1024).optional();
const flag = z.enum(['true', 'false', '1', '0', '']).optional();
const querySchema = z.object({
  ip: word,
  range: word,
  scope: word,
  value: word,
  type: word,
  scopes: word,
  origins: word,
  scenarios_containing: word,
  scenarios_not_containing: word,
  startup: flag,
  limit: z.coerce.number().int().min(1).max(1_000_000).optional(),
});

/**
 * After so many wrong keys a minute an address is told to wait. A right key is let in even then: behind a proxy, or on
 * one machine, who guesses shares its address with the bouncer, and must not be able to switch the firewall off. Keys have
 * 16 characters or more: what keeps them from being guessed is their length.
 */
const WRONG_KEYS = 30;
const MINUTE_US = 60e6;

/**
 * The part of CrowdSec's local API that bouncers use: `/v1/decisions`, `/v1/decisions/stream`, and the metrics that
 * newer bouncers push, which are taken and dropped. Authentication by `X-Api-Key`. Register under no prefix.
 * Source: https://docs.crowdsec.net/docs/local_api/bouncers/
 */
export async function lapiRoutes(app: FastifyInstance, options: LapiOptions): Promise<void> {
  const { book, clockUs } = options;
  const bouncerOf = createKeyCheck(options.bouncers);
  const bouncers = new WeakMap<FastifyRequest, string>();
  const wrongKeys = new Map<string, { count: number; sinceUs: number }>();

  const isTooMany = (remote: string): boolean => {
    const now = clockUs();
    const entry = wrongKeys.get(remote);
    return entry !== undefined && now - entry.sinceUs < MINUTE_US && entry.count >= WRONG_KEYS;
  };
  const countWrong = (remote: string): void => {
    const now = clockUs();
    const entry = wrongKeys.get(remote);
    if (wrongKeys.size > 10_000) wrongKeys.clear();
    if (entry && now - entry.sinceUs < MINUTE_US) entry.count += 1;
    else wrongKeys.set(remote, { count: 1, sinceUs: now });
  };
  const authenticate = async (request: FastifyRequest, reply: FastifyReply) => {
    const bouncer = bouncerOf(request.headers['x-api-key']);
    if (bouncer === null) {
      if (isTooMany(request.ip)) return reply.code(429).send({ message: 'too many wrong keys' });
      countWrong(request.ip);
      return reply.code(403).send({ message: 'access forbidden' });
    }
    bouncers.set(request, bouncer);
    return undefined;
  };

  app.addHook('onRequest', authenticate);

  const list = async (request: FastifyRequest, reply: FastifyReply) => {
    const query = querySchema.safeParse(request.query);
    const keep = query.success ? decisionFilter(defined(query.data)) : null;
    if (!query.success || keep === null) return reply.code(400).send({ message: 'invalid query' });
    const now = clockUs();
    // Bouncers of web servers ask about one address a request: that must not cost a look at all of them.
    const { ip } = query.data;
    const held = ip === undefined ? book.active(now) : book.about(plainAddress(ip), now);
    const found = held.filter(keep).slice(0, query.data.limit);
    // CrowdSec answers null, not an empty list; bouncers test for it.
    return reply.send(found.length === 0 ? 'null' : JSON.stringify(found.map((one) => viewOf(one, now))));
  };
  app.addHook('onSend', async (_request, reply) => {
    reply.header('content-type', 'application/json; charset=utf-8');
    reply.header('cache-control', 'no-store');
  });
  app.get('/v1/decisions', { exposeHeadRoute: true }, list);
  app.get('/v1/decisions/stream', async (request, reply) => {
    const query = querySchema.safeParse(request.query);
    const keep = query.success ? decisionFilter(defined(query.data)) : null;
    if (!query.success || keep === null) return reply.code(400).send({ message: 'invalid query' });
    const startup = query.data.startup === 'true' || query.data.startup === '1';
    const now = clockUs();
    const { added, removed } = book.changes(bouncers.get(request)!, now, startup);
    const view = (decisions: readonly Decision[]) => {
      const kept = decisions.filter(keep).map((one) => viewOf(one, now));
      return kept.length === 0 ? null : kept;
    };
    return reply.send(JSON.stringify({ deleted: view(removed), new: view(added) }));
  });
  app.post('/v1/usage-metrics', async (_request, reply) => reply.code(201).send('null'));
}

function viewOf(decision: Decision, nowUs: number) {
  const endUs = decision.endedUs ?? decision.untilUs;
  return {
    duration: goDuration((endUs - nowUs) / 1000),
    id: decision.id,
    // Bouncers filter by the origins that CrowdSec has; `crowdsec` is the local engine's own.
    origin: decision.origin === 'operator' ? 'cscli' : 'crowdsec',
    scenario: decision.scenario,
    scope: decision.scope,
    type: decision.type,
    value: decision.value,
  };
}

function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}
