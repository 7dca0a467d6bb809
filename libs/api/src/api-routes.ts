import swagger from '@fastify/swagger';
import type { StoreReader } from '@suite/store';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { type Access, SESSION_COOKIE } from './access.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import type { BanDesk } from './ban-desk.ts';
import { cookieValue } from './cookie.ts';
import type { Health } from './health.ts';
import { createHostGuard } from './host-guard.ts';
import type { LiveFeed } from './live-feed.ts';
import { OPENAPI } from './openapi.ts';
import type { OperatorDesk } from './operator-desk.ts';
import { problem, problemOf } from './problem.ts';
import { alertRoutes } from './routes/alerts.ts';
import { banRoutes } from './routes/bans.ts';
import type { Api, RouteContext } from './routes/context.ts';
import { detectionRoutes } from './routes/detections.ts';
import { eventsRoute } from './routes/events.ts';
import { healthRoute } from './routes/health.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { liveRoute } from './routes/live.ts';
import { nodesRoute } from './routes/nodes.ts';
import { rateRoute } from './routes/rate.ts';
import { samplesRoute } from './routes/samples.ts';
import { sessionRoutes } from './routes/session.ts';
import { summaryRoute } from './routes/summary.ts';
import { isSameOrigin } from './same-origin.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { staticConsole } from './static-console.ts';
import { DEFAULT_PATIENCE, type NodePatience } from './views/node.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers without authentication. */
    open?: boolean;
  }
}

export interface ApiOptions {
  readonly reader: StoreReader;
  readonly live: LiveFeed;
  readonly health: () => Health;
  /** Mutes, acknowledgements and what was told; without it those routes say so. */
  readonly operator?: OperatorDesk;
  /** Absent: decisions are switched off. */
  readonly bans?: BanDesk;
  /** Bearer tokens, login links and sessions: `createAccess`. */
  readonly tokens: Access;
  /** Integer microseconds since the epoch. */
  readonly clockUs: () => number;
  /** Host names that the server answers to besides loopback's; `'any'` when it is not bound to loopback. */
  readonly hostNames?: readonly string[] | 'any';
  /** The built console; without it only the API is served. */
  readonly consoleDir?: string;
  readonly patience?: NodePatience;
  /** 32 by default. */
  readonly liveClientsMax?: number;
}

/** Methods that change nothing. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * NADIR's HTTP API and console, as a fastify plugin: `app.register(apiRoutes, options)`. It keeps its hooks,
 * compilers and not-found handler to itself, so intake routes may live on the same server under another prefix.
 */
export async function apiRoutes(instance: FastifyInstance, options: ApiOptions): Promise<void> {
  const app: Api = instance.withTypeProvider<ZodTypeProvider>();
  const context: RouteContext = {
    ...options,
    access: options.tokens,
    patience: options.patience ?? DEFAULT_PATIENCE,
    liveClientsMax: options.liveClientsMax ?? 32,
    liveCounters: { clients: 0, droppedRecords: 0 },
  };
  const answersTo = createHostGuard(options.hostNames ?? []);
  const mayRead = (request: FastifyRequest): boolean => {
    const bearer = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '');
    if (bearer) return options.tokens.isBearer(bearer[1] ?? '');
    const cookie = cookieValue(request.headers.cookie, SESSION_COOKIE);
    return cookie !== null && options.tokens.sessionExpiryUs(cookie) !== null;
  };

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, body } = problemOf(error);
    if (status >= 500) request.log.error({ err: error }, 'a request failed');
    return reply.code(status).type('application/json').serializer(JSON.stringify).send(body);
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    if (!answersTo(request.headers.host)) {
      const hint = 'Add the name to the names that NADIR answers to.';
      return reply.code(421).send(problem('wrong_host', 'NADIR does not answer to this host name.', hint));
    }
    if (!request.url.startsWith('/api/')) return;
    reply.header('cache-control', 'no-store');
    if (request.routeOptions.config.open) return;
    if (mayRead(request)) {
      if (SAFE.has(request.method) || isSameOrigin(request)) return;
      return reply.code(403).send(problem('cross_site', 'This request comes from another site.'));
    }
    reply.header('www-authenticate', 'Bearer');
    const hint = 'Send a bearer token, or open a session in the console.';
    return reply.code(401).send(problem('unauthorized', 'This needs a token.', hint));
  });

  await app.register(swagger, {
    openapi: OPENAPI,
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  healthRoute(app, context, (request) => mayRead(request as FastifyRequest));
  sessionRoutes(
    app,
    context,
    createAttemptLimit({ attempts: 10, windowMs: 5 * 60_000, clockUs: options.clockUs }),
  );
  summaryRoute(app, context);
  nodesRoute(app, context);
  eventsRoute(app, context);
  rateRoute(app, context);
  detectionRoutes(app, context);
  incidentRoutes(app, context);
  alertRoutes(app, context);
  samplesRoute(app, context);
  banRoutes(app, context);
  liveRoute(app, context);
  app.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json').serializer(JSON.stringify).send(app.swagger()),
  );
  if (options.consoleDir !== undefined) await staticConsole(app, options.consoleDir);
  else
    app.setNotFoundHandler((_request, reply) =>
      reply.code(404).send(problem('not_found', 'There is nothing here.')),
    );
}
