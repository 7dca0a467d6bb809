import { healthSchema } from '../contract.ts';
import { isoFromUs } from '../iso-time.ts';
import type { Api, RouteContext } from './context.ts';

/** Liveness for anybody, details for those who may read. */
export function healthRoute(app: Api, context: RouteContext, mayRead: (request: unknown) => boolean): void {
  app.get(
    '/api/v1/health',
    {
      config: { open: true },
      schema: { summary: 'Is NADIR alive, and how is it', response: { 200: healthSchema } },
    },
    async (request) => {
      const health = context.health();
      const status = health.problems.length === 0 ? ('ok' as const) : ('degraded' as const);
      if (!mayRead(request)) return { status: 'ok' as const };
      return {
        status,
        problems: [...health.problems],
        version: health.version,
        started: isoFromUs(health.startedUs),
        journal: { ...health.journal },
        pipeline: { ...health.pipeline },
        intake: { ...health.intake },
        store: { ...health.store },
        live: { ...context.liveCounters },
      };
    },
  );
}
