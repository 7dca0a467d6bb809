import { createHash, timingSafeEqual } from 'node:crypto';

/** A program that asks for decisions and enforces them. */
export interface Bouncer {
  readonly name: string;
  readonly key: string;
}

const KEY_CHARS = 512;

/** Finds a bouncer by its key in constant time: every key is looked at, by its hash, whatever was found before. */
export function createKeyCheck(bouncers: readonly Bouncer[]): (key: unknown) => string | null {
  const known = bouncers.map(({ name, key }) => ({ name, digest: digest(key) }));
  return (key) => {
    if (typeof key !== 'string' || key.length > KEY_CHARS) return null;
    const wanted = digest(key);
    let found: string | null = null;
    for (const entry of known) if (timingSafeEqual(entry.digest, wanted)) found = entry.name;
    return found;
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
