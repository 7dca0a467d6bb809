import { compressZstd, encodeMetrics, type SenderResource } from '@suite/protocol';
import type { Spool } from './spool.ts';

/** As probes give them: OpenTelemetry names, units and attributes. */
export interface SamplePoint {
  readonly name: string;
  readonly unit: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface SamplesOptions {
  readonly spool: Spool;
  readonly resource: SenderResource;
  /** zstd level. Default 1. */
  readonly level?: number;
}

/** Ledger row of probe points. */
export const SAMPLES_PATH = 'probes';

/**
 * Spools one reading of the probes as an OTLP metrics body. A reading that finds the spool full is dropped and
 * counted as lost: unlike a line, it cannot be read again later.
 */
export async function spoolSamples(
  points: readonly SamplePoint[],
  timeUs: number,
  options: SamplesOptions,
): Promise<void> {
  if (points.length === 0) return;
  const { spool, resource, level = 1 } = options;
  const raw = encodeMetrics(
    resource,
    points.map((point) => ({ ...point, timeUs })),
  );
  spool.ledger.seen(SAMPLES_PATH, raw.length, points.length);
  const content = [[SAMPLES_PATH, raw.length, points.length]] as const;
  const part = {
    body: await compressZstd(raw, level),
    records: points.length,
    rawBytes: raw.length,
    content,
  };
  const spooled = await spool.tryAppend({ signal: 'metrics', encoding: 'zstd', parts: [part], resumes: [] });
  if (!spooled) spool.ledger.lost(SAMPLES_PATH, 'spool-full', raw.length, points.length);
}
