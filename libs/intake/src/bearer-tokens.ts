import { createHash, timingSafeEqual } from 'node:crypto';

/** Who may send. */
export interface IntakeToken {
  /** Shown in counters and kept with each batch; never the secret. */
  readonly name: string;
  readonly token: string;
  /** When set, batches with an identity must carry this agent id. */
  readonly agent?: string;
}

const MAX_HEADER_CHARS = 1024;

/** Compares in constant time: every token is looked at, by its hash, whatever was found before. */
export function createBearerCheck(
  tokens: readonly IntakeToken[],
): (authorization: string | undefined) => IntakeToken | null {
  const known = tokens.map((token) => ({ token, digest: digest(token.token) }));
  for (const { token } of known) {
    if (token.token.length < 16) throw new RangeError(`token ${token.name} is shorter than 16 characters`);
  }
  return (authorization) => {
    const given = authorization ?? '';
    if (given.length > MAX_HEADER_CHARS || !/^Bearer /i.test(given)) return null;
    const wanted = digest(given.slice('Bearer '.length).trim());
    let found: IntakeToken | null = null;
    for (const entry of known) {
      if (timingSafeEqual(entry.digest, wanted)) found = entry.token;
    }
    return found;
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
