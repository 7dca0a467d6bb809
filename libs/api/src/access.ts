import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export const SESSION_COOKIE = 'nadir_session';
const SESSION_MS = 12 * 3_600_000;
const LOGIN_MS = 3_600_000;
const LOGINS_MAX = 32;
const ENDED_MAX = 1024;

export interface AccessOptions {
  /** Tokens that open the API, at least 16 characters each; any of them does. */
  readonly bearerTokens: readonly string[];
  readonly clockUs: () => number;
  /** Key that signs session cookies; a random one makes every session end with the process. */
  readonly signingKey?: Uint8Array;
}

export interface Session {
  /** What goes into the cookie. */
  readonly value: string;
  readonly expiresUs: number;
}

/** Who may read: holders of a bearer token, and browsers that traded one (or a login link) for a session. */
export interface Access {
  /** Constant-time. */
  isBearer(token: string): boolean;
  /** A token for one login within the hour, for the link that is printed at the start: `/#token=…`. */
  issueLoginToken(): string;
  /** Opens a session for a bearer token or a login token (spent by this); null for anything else. */
  openSession(token: string): Session | null;
  /** When the session of a cookie ends in microseconds, or null when it is none, is forged, expired or ended. */
  sessionExpiryUs(cookie: string): number | null;
  endSession(cookie: string): void;
}

export function createAccess(options: AccessOptions): Access {
  const short = options.bearerTokens.find((token) => token.length < 16);
  if (short !== undefined) throw new RangeError('a bearer token needs at least 16 characters');
  const bearers = options.bearerTokens.map(digest);
  const key = options.signingKey ?? randomBytes(32);
  const logins = new Map<string, { readonly hash: Buffer; readonly expiresUs: number }>();
  /** Sessions ended before their time, by nonce. */
  const ended = new Map<string, number>();

  const isBearer = (token: string): boolean => {
    const hash = digest(token);
    return bearers.reduce((found, bearer) => timingSafeEqual(bearer, hash) || found, false);
  };

  const spendLogin = (token: string): boolean => {
    const hash = digest(token);
    const nowUs = options.clockUs();
    let found: string | undefined;
    for (const [id, login] of logins) {
      if (login.expiresUs <= nowUs) logins.delete(id);
      else if (timingSafeEqual(login.hash, hash)) found = id;
    }
    return found !== undefined && logins.delete(found);
  };

  const sign = (body: string): Buffer => createHmac('sha256', key).update(body).digest();

  const readCookie = (cookie: string): { nonce: string; expiresUs: number } | null => {
    const match = /^(\d{1,16})\.([\w-]{22})\.([\w-]{43})$/.exec(cookie);
    if (!match) return null;
    const [, expires = '', nonce = '', signature = ''] = match;
    const given = Buffer.from(signature, 'base64url');
    const expected = sign(`${expires}.${nonce}`);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const expiresUs = Number(expires);
    return expiresUs > options.clockUs() && !ended.has(nonce) ? { nonce, expiresUs } : null;
  };

  return {
    isBearer,
    issueLoginToken() {
      const token = randomBytes(24).toString('base64url');
      if (logins.size >= LOGINS_MAX) logins.delete(logins.keys().next().value ?? '');
      logins.set(randomBytes(8).toString('hex'), {
        hash: digest(token),
        expiresUs: options.clockUs() + LOGIN_MS * 1000,
      });
      return token;
    },
    openSession(token) {
      if (!isBearer(token) && !spendLogin(token)) return null;
      const expiresUs = options.clockUs() + SESSION_MS * 1000;
      const body = `${expiresUs}.${randomBytes(16).toString('base64url')}`;
      return { value: `${body}.${sign(body).toString('base64url')}`, expiresUs };
    },
    sessionExpiryUs: (cookie) => readCookie(cookie)?.expiresUs ?? null,
    endSession(cookie) {
      const session = readCookie(cookie);
      if (!session) return;
      const nowUs = options.clockUs();
      for (const [nonce, expiresUs] of ended) if (expiresUs <= nowUs) ended.delete(nonce);
      if (ended.size >= ENDED_MAX) ended.delete(ended.keys().next().value ?? '');
      ended.set(session.nonce, session.expiresUs);
    },
  };
}

/** Equal lengths, so that comparing says nothing about the length of a token either. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
