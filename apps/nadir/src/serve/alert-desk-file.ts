import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const level = z.enum(['informational', 'low', 'medium', 'high', 'critical']);
/** Microseconds that a date can hold. */
const time = z.number().min(0).max(8.64e18);
const text = z.string();
const alert = z.looseObject({
  id: text,
  kind: z.enum(['incident', 'digest', 'test']),
  level,
  timeUs: time,
  title: text,
  text,
  next: z.array(text),
  lines: z.array(z.looseObject({ id: text, text })),
  entities: z.record(text, z.array(text)),
});

/** What `AlertDesk.snapshot()` gives; a file with anything else in it is not believed. */
const snapshot = z.looseObject({
  version: z.literal(1),
  known: z.array(z.tuple([text, z.looseObject({ level, success: z.boolean() })])),
  acknowledged: z.array(z.tuple([text, z.looseObject({ by: text, note: text, atUs: time, level })])),
  entries: z.array(z.looseObject({ alert, outcome: text, why: text, atUs: time })),
  due: z.array(alert),
  held: z.looseObject({ total: z.number() }),
  spent: z.looseObject({ date: text, total: z.number() }),
  mutes: z.array(
    z.looseObject({
      id: text,
      match: z.record(text, text),
      reason: text,
      by: text,
      expiresUs: time,
      successes: z.boolean(),
    }),
  ),
});

export type Loaded =
  | { readonly kind: 'state'; readonly state: unknown }
  | { readonly kind: 'none' }
  /** It was set aside under this name. */
  | { readonly kind: 'broken'; readonly aside: string; readonly reason: string };

/** What was told, mutes and acknowledgements: one JSON file (0600), written anew and renamed, synced. */
export class AlertDeskFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** A file that cannot be read as what it should be is set aside, never overwritten. */
  async load(): Promise<Loaded> {
    let content: string;
    try {
      content = await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'none' };
      throw error;
    }
    try {
      return { kind: 'state', state: snapshot.parse(JSON.parse(content)) };
    } catch (error) {
      const aside = `${this.#path}.broken`;
      await rename(this.#path, aside);
      const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      return { kind: 'broken', aside, reason: reason.slice(0, 500) };
    }
  }

  /** Durable when it resolves; a crash in between leaves the file as it was. */
  async save(state: unknown): Promise<void> {
    const draft = `${this.#path}.${randomBytes(4).toString('hex')}`;
    try {
      const handle = await open(draft, 'wx', 0o600);
      try {
        await handle.writeFile(JSON.stringify(state));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, this.#path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    const folder = await open(dirname(this.#path), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}
