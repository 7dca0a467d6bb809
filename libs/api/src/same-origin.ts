import type { FastifyRequest } from 'fastify';

/**
 * Whether a request that changes something may come from where it comes from. A page of another site can make a
 * browser send a form, cookie included where SameSite does not hold it back; it cannot set a bearer token, and it
 * cannot hide where it is: browsers send Sec-Fetch-Site and Origin with it. A cookie without either is no browser's
 * doing that we trust.
 */
export function isSameOrigin(request: FastifyRequest): boolean {
  const { authorization, origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  // A proxy may change the Host header; what the browser itself says of the site comes first.
  if (site !== undefined) return site === 'same-origin';
  if (origin !== undefined) return host !== undefined && originHost(origin) === host.toLowerCase();
  return authorization !== undefined;
}

function originHost(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
