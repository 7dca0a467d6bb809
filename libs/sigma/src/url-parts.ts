/** The path of a request's target, as it was sent. */
export function urlPath(url: string): string {
  const start = url.includes('://') ? Math.max(0, url.indexOf('/', url.indexOf('://') + 3)) : 0;
  const end = url.search(/[?#]/);
  return url.slice(start, end < 0 ? undefined : end);
}

/** What follows the `?`, without it; undefined where there is none. */
export function urlQuery(url: string): string | undefined {
  const at = url.indexOf('?');
  return at < 0 ? undefined : url.slice(at + 1);
}

const ROUNDS = 3;

/** The target with `%41`, `%2541` and `+` read, up to three times over: what an application may see of it. */
export function urlDecoded(url: string): string {
  let text = url;
  for (let round = 0; round < ROUNDS && text.includes('%'); round++) {
    const decoded = text.replace(/(?:%[0-9a-fA-F]{2})+/g, decode);
    if (decoded === text) break;
    text = decoded;
  }
  return text.replaceAll('+', ' ');
}

function decode(run: string): string {
  return Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8');
}
