export const STORE_URL_EXPECTED =
  'a URL such as influx://influxdb:8086/nadir, influxs://user@host/nadir?version=1 or sqlite:/var/lib/nadir/nadir.db';

type Expanded = { readonly value: Record<string, unknown> } | { readonly problem: string };

const PARAMETERS = new Set(['version', 'org', 'db', 'database', 'bucket']);

/**
 * The one-line form of the store's settings.
 *
 * `influx://[user@]host[:8086]/DATABASE[?version=1|2&org=ORG]`, `influxs://` over TLS; the database may also be
 * `?db=` or `?bucket=`. `sqlite:PATH`, or `sqlite:` for the default path. A user without `version` means 1.x.
 * A URL with a password or a token is refused: it would show in process lists and shell histories.
 */
export function expandStoreUrl(text: string): Expanded {
  if (text === 'sqlite' || text === 'influx') return { value: { kind: text } };
  const path = /^sqlite:(?:\/\/(?=\/|$))?(.*)$/s.exec(text)?.[1];
  if (path !== undefined) return { value: { kind: 'sqlite', ...(path ? { sqlite: { path } } : {}) } };
  const scheme = /^(influxs?):\/\//.exec(text)?.[1];
  if (!scheme) return { problem: `expected ${STORE_URL_EXPECTED}` };
  const http = `${scheme === 'influxs' ? 'https' : 'http'}${text.slice(scheme.length)}`;
  if (!URL.canParse(http)) return { problem: `expected ${STORE_URL_EXPECTED}` };
  const url = new URL(http);
  // `http:` hides a port of its own, so whether one was written is asked of the text.
  if (!/^[a-z]+:\/\/[^/?#]*:\d+(?:[/?#]|$)/.test(text)) url.port = '8086';
  return expandInflux(url);
}

function expandInflux(url: URL): Expanded {
  if (url.password !== '') {
    return {
      problem: 'a URL must hold no password; set NADIR_STORE_INFLUX_PASSWORD_FILE to the file that holds it',
    };
  }
  const query = url.searchParams;
  for (const name of query.keys()) {
    if (/token|pass|secret|^p$|^u$/i.test(name)) {
      return {
        problem: 'a URL must hold no secret; set NADIR_STORE_INFLUX_TOKEN_FILE to the file that holds it',
      };
    }
    if (!PARAMETERS.has(name))
      return { problem: `the URL knows version, org, db and bucket, not "${name.slice(0, 32)}"` };
  }
  let path: string;
  let username: string;
  try {
    path = decodeURIComponent(url.pathname.replace(/^\/|\/$/g, ''));
    username = decodeURIComponent(url.username);
  } catch {
    return { problem: 'the URL holds a broken %-escape' };
  }
  const database = query.get('db') ?? query.get('database') ?? query.get('bucket') ?? path;
  const version = query.get('version') ?? (username ? '1' : null);
  const org = query.get('org');
  const influx = {
    url: `${url.protocol}//${url.host}`,
    ...(version === null ? {} : { version: /^\d$/.test(version) ? Number(version) : version }),
    ...(database ? { database } : {}),
    ...(org ? { org } : {}),
    ...(username ? { username } : {}),
  };
  return { value: { kind: 'influx', influx } };
}
