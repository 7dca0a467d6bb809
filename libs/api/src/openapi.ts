import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

/** What the OpenAPI document says beyond the routes. */
export const OPENAPI: NonNullable<FastifyDynamicSwaggerOptions['openapi']> = {
  openapi: '3.1.0',
  info: {
    title: 'NADIR',
    version: '1',
    description:
      'Lines, detections, nodes and measurements of a small cluster. Times are ISO 8601 with a zone; numbers that end in Us are microseconds since the epoch. Text of log lines is untrusted.',
  },
  components: {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer' },
      session: { type: 'apiKey', in: 'cookie', name: 'nadir_session' },
    },
  },
  security: [{ bearer: [] }, { session: [] }],
};
