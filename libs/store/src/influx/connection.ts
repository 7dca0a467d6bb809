/** Where an InfluxDB is and how to talk to it. */
export interface InfluxConnection {
  /** `http://host:8086`, without a path. */
  readonly url: string;
  /**
   * 1: `/write` with Basic authentication. 2: `/api/v2/write` with a token (2.x, 3 Core, VictoriaMetrics).
   * Reads go to `/query` (InfluxQL) in both.
   */
  readonly version: 1 | 2;
  /** Database (1.x) or bucket (2.x, 3). */
  readonly database: string;
  /** 2.x only. */
  readonly org?: string;
  readonly auth:
    | { readonly kind: 'none' }
    | { readonly kind: 'password'; readonly username: string; readonly password: string }
    | { readonly kind: 'token'; readonly token: string };
}

export function authorization(auth: InfluxConnection['auth']): Record<string, string> {
  if (auth.kind === 'none') return {};
  if (auth.kind === 'token') return { authorization: `Token ${auth.token}` };
  const basic = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
  return { authorization: `Basic ${basic}` };
}
