import fastifyStatic from '@fastify/static';
import { problem } from './problem.ts';
import type { Api } from './routes/context.ts';

/**
 * Serves the built console: hashed assets for a year, the page itself asked for anew each time, and the page for
 * every path that a person might open. Open to anybody: it has no data in it.
 */
export async function staticConsole(app: Api, dir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: dir,
    wildcard: true,
    cacheControl: false,
    dotfiles: 'deny',
    setHeaders(response, path) {
      const hashed = /[/\\]assets[/\\]/.test(path);
      response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const page =
      (request.method === 'GET' || request.method === 'HEAD') &&
      !request.url.startsWith('/api/') &&
      !request.url.startsWith('/assets/') &&
      (request.headers.accept ?? '').includes('text/html');
    if (page) return reply.sendFile('index.html');
    return reply.code(404).send(problem('not_found', 'There is nothing here.'));
  });
}
