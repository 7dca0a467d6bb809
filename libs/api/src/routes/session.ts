import { z } from 'zod';
import { SESSION_COOKIE } from '../access.ts';
import type { AttemptLimit } from '../attempt-limit.ts';
import { problemSchema, sessionSchema } from '../contract.ts';
import { cookieValue, sessionCookie } from '../cookie.ts';
import { isoFromUs } from '../iso-time.ts';
import { problem } from '../problem.ts';
import type { Api, RouteContext } from './context.ts';

/** A browser's session: opened with a token, kept in a cookie that no script can read. */
export function sessionRoutes(app: Api, context: RouteContext, attempts: AttemptLimit): void {
  app.post(
    '/api/v1/session',
    {
      config: { open: true },
      bodyLimit: 4096,
      schema: {
        summary: 'Trade a bearer token or a login token for a session cookie',
        body: z.object({ token: z.string().min(1).max(512) }),
        response: { 200: sessionSchema, 401: problemSchema, 429: problemSchema },
      },
    },
    async (request, reply) => {
      // A right token opens also where others guessed: behind a proxy, or on one machine, all share one address.
      const session = context.access.openSession(request.body.token);
      if (session === null) {
        const waitSeconds = attempts.waitSeconds(request.ip);
        if (waitSeconds > 0) {
          return reply
            .code(429)
            .header('retry-after', String(waitSeconds))
            .send(
              problem('too_many_attempts', 'Too many wrong tokens.', `Try again in ${waitSeconds} seconds.`),
            );
        }
        attempts.failed(request.ip);
        return reply
          .code(401)
          .send(
            problem(
              'wrong_token',
              'That token is not valid, or was used before.',
              'Take the token that NADIR printed at its start.',
            ),
          );
      }
      const maxAgeSeconds = Math.floor((session.expiresUs - context.clockUs()) / 1_000_000);
      const cookie = sessionCookie(
        SESSION_COOKIE,
        session.value,
        maxAgeSeconds,
        request.protocol === 'https',
      );
      reply.header('set-cookie', cookie);
      return { expires: isoFromUs(session.expiresUs), expiresUs: session.expiresUs };
    },
  );

  app.delete(
    '/api/v1/session',
    { schema: { summary: 'End this session', response: { 204: z.null() } } },
    async (request, reply) => {
      const cookie = cookieValue(request.headers.cookie, SESSION_COOKIE);
      if (cookie !== null) context.access.endSession(cookie);
      reply.header('set-cookie', sessionCookie(SESSION_COOKIE, '', 0, request.protocol === 'https'));
      return reply.code(204).send(null);
    },
  );
}
