const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Says whether a Host header names this server. A page of another site can make its own name resolve to
 * 127.0.0.1 (DNS rebinding) and would then be same-origin with NADIR; its Host header gives it away.
 *
 * @param names further names that the server answers to, without port; `'any'` switches the check off, for
 * servers that are not bound to loopback.
 */
export function createHostGuard(names: readonly string[] | 'any'): (host: string | undefined) => boolean {
  if (names === 'any') return () => true;
  const allowed = new Set([...LOOPBACK, ...names.map((name) => name.toLowerCase())]);
  return (host) => host !== undefined && allowed.has(host.toLowerCase().replace(/:\d{1,5}$/, ''));
}
