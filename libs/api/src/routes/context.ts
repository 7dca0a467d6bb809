import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StoreReader } from '@suite/store';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Access } from '../access.ts';
import type { BanDesk } from '../ban-desk.ts';
import type { Health } from '../health.ts';
import type { LiveFeed } from '../live-feed.ts';
import type { OperatorDesk } from '../operator-desk.ts';
import type { NodePatience } from '../views/node.ts';

export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What every route reads from. */
export interface RouteContext {
  readonly reader: StoreReader;
  readonly live: LiveFeed;
  readonly health: () => Health;
  readonly access: Access;
  /** Absent: nothing is told, and nothing can be muted. */
  readonly operator?: OperatorDesk;
  /** Absent: decisions are switched off. */
  readonly bans?: BanDesk;
  readonly clockUs: () => number;
  readonly patience: NodePatience;
  readonly liveClientsMax: number;
  /** Filled by the live route, shown by health. */
  readonly liveCounters: { clients: number; droppedRecords: number };
}
