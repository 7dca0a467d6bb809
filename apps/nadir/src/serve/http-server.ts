import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { apiRoutes, createAccess, type Health, type LiveFeed, type OperatorDesk } from '@suite/api';
import { isLoopback } from '@suite/config';
import { type IntakeCounters, otlpRoutes, SERVER_LIMITS, type SequenceTable } from '@suite/intake';
import type { Journal } from '@suite/journal';
import type { StoreReader } from '@suite/store';
import fastify, { type FastifyInstance } from 'fastify';
import type { NadirConfig } from '../config.ts';
import { nadirErrors } from '../errors.ts';
import { reasonOf } from '../reason.ts';
import type { DecisionService } from './decision-service.ts';

export interface HttpServerOptions {
  readonly config: NadirConfig;
  readonly token: string;
  readonly consoleDir: string | undefined;
  readonly clockUs: () => number;
  readonly journal: Journal;
  readonly sequences: SequenceTable;
  readonly counters: IntakeCounters;
  readonly reader: StoreReader;
  readonly operator: OperatorDesk;
  readonly live: LiveFeed;
  readonly health: () => Health;
  /** Null while decisions are switched off. */
  readonly decisions: DecisionService | null;
}

export interface HttpServer {
  readonly url: string;
  loginLink(): string;
  stop(): Promise<void>;
}

/** Intake, API and console on one port. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { config, token, consoleDir, clockUs, reader, live, health, journal, sequences, counters } = options;
  const app = await createApp(config);
  const access = createAccess({ bearerTokens: [token], clockUs });
  const agents = config.agents.map((agent) => ({ name: agent.name, token: agent.token, agent: agent.name }));
  await app.register(otlpRoutes, {
    journal,
    sequences,
    counters,
    tokens: [{ name: 'nadir', token }, ...agents],
    nowUs: clockUs,
    maxBodyBytes: config.intake.max_body,
    maxDecompressedBytes: config.intake.max_inflated,
    maxInFlightBytes: config.intake.max_inflight,
  });
  if (options.decisions) {
    const { decisions } = options;
    app.addHook('onResponse', async (request, reply) => {
      if (reply.statusCode === 200 && /^\/v1\/(?:logs|metrics)\b/.test(request.url))
        decisions.sender(request.ip);
    });
    await decisions.register(app);
  }
  const local = isLoopback(config.http.host);
  await app.register(apiRoutes, {
    reader,
    operator: options.operator,
    live,
    health,
    tokens: access,
    clockUs,
    hostNames: local ? [] : 'any',
    ...(options.decisions ? { bans: options.decisions.desk } : {}),
    ...(consoleDir === undefined ? {} : { consoleDir }),
  });
  await listen(app, config);
  const { port } = app.server.address() as AddressInfo;
  const shown = config.http.host === '0.0.0.0' || config.http.host === '::' ? 'localhost' : config.http.host;
  const name = shown.includes(':') ? `[${shown}]` : shown;
  const url = `${config.http.tls ? 'https' : 'http'}://${name}:${port}`;
  return {
    url,
    loginLink: () => `${url}/#token=${access.issueLoginToken()}`,
    stop: () => app.close(),
  };
}

async function createApp(config: NadirConfig): Promise<FastifyInstance> {
  const { tls } = config.http;
  const { intake } = config;
  const limits = SERVER_LIMITS.fastify;
  const common = {
    ...limits,
    requestTimeout: intake.body_timeout,
    bodyLimit: intake.max_body,
    http: { ...limits.http, headersTimeout: intake.header_timeout },
    logger: false,
    forceCloseConnections: true,
  } as const;
  if (!tls) return limited(fastify(common), config);
  const read = (path: string) =>
    readFile(path).catch((error: unknown) => {
      throw nadirErrors.NADIR_TLS_INVALID({ path, reason: reasonOf(error) }, { cause: error });
    });
  const [cert, key, ca] = await Promise.all([
    read(tls.cert),
    read(tls.key),
    tls.client_ca ? read(tls.client_ca) : undefined,
  ]);
  const https = { cert, key, ...(ca ? { ca, requestCert: true, rejectUnauthorized: true } : {}) };
  try {
    return limited(fastify({ ...common, https }) as unknown as FastifyInstance, config);
  } catch (error) {
    throw nadirErrors.NADIR_TLS_INVALID({ path: tls.cert, reason: reasonOf(error) }, { cause: error });
  }
}

function limited(app: FastifyInstance, { intake }: NadirConfig): FastifyInstance {
  SERVER_LIMITS.apply(app.server, { maxConnections: intake.max_connections });
  return app;
}

async function listen(app: FastifyInstance, { http }: NadirConfig): Promise<void> {
  const { host, port } = http;
  const address = `${host}:${port}`;
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    switch ((error as NodeJS.ErrnoException).code) {
      case 'EADDRINUSE':
        throw nadirErrors.NADIR_PORT_IN_USE({ address, port, key: 'http.port' }, { cause: error });
      case 'EACCES':
        throw nadirErrors.NADIR_PORT_NOT_ALLOWED({ address, key: 'http.port' }, { cause: error });
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
        throw nadirErrors.NADIR_ADDRESS_UNAVAILABLE({ address, key: 'http.host' }, { cause: error });
      default:
        throw error;
    }
  }
}
