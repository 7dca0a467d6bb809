import type { TextOutput } from './text-output.ts';

/** Writes objects, one JSON text a line. */
export interface NdjsonWriter {
  /** Resolves when more may be written: a slow reader slows the writer down. bigint is written as text. */
  write(value: object): Promise<void>;
}

export function createNdjsonWriter(output: TextOutput): NdjsonWriter {
  return { write: (value) => output.write(`${JSON.stringify(value, replaceBigint)}\n`) };
}

/** Takes objects and forgets them. */
export const silentWriter: NdjsonWriter = { write: () => Promise.resolve() };

function replaceBigint(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
