import type { DetectionEngine } from '@suite/detection';
import type { Detection, Incident, LogRecord } from '@suite/event';
import type { Incidents } from '@suite/incidents';
import { pushBlock, splitLines } from './line-splitter.ts';
import { LineStage } from './line-stage.ts';
import { makeParser } from './stream-parsers.ts';

export interface ReplayInput {
  /** Name as the user gave it; evidence names it. */
  readonly file: string;
  readonly chunks: AsyncIterable<Buffer> | Iterable<Buffer>;
  /** Near when the file was written last: integer microseconds; solves years that the log leaves out. */
  readonly nearUs: number;
}

export interface ReplayOptions {
  readonly host: string;
  readonly format?: string;
  readonly year?: number;
  /** Null leaves detection out. */
  readonly engine: DetectionEngine | null;
  /** Makes stories of the detections; closes them by the log's own clock. */
  readonly incidents?: Incidents | null;
  onRecord?(record: LogRecord): void;
  onDetection?(detection: Detection): void;
  /** Each new version. */
  onIncident?(incident: Incident): void;
  /** After each chunk: the place to commit, to wait, to show progress. */
  afterChunk?(bytes: number): Promise<void> | void;
  readonly signal: AbortSignal;
}

export interface ReplaySummary {
  readonly lines: number;
  readonly bytes: number;
  /** Records whose meaning a parser vouches for. */
  readonly parsed: number;
  readonly detections: number;
  readonly firstUs: number | null;
  readonly lastUs: number | null;
}

/**
 * Feeds files through parse and detect on the log's own clock. The same files give the same records and the same
 * detections with the same ids, whenever and however often they are replayed.
 *
 * Files are read one after the other in the order given.
 */
export async function replay(inputs: readonly ReplayInput[], options: ReplayOptions): Promise<ReplaySummary> {
  const tally = {
    lines: 0,
    bytes: 0,
    parsed: 0,
    firstUs: Number.POSITIVE_INFINITY,
    lastUs: Number.NEGATIVE_INFINITY,
  };
  const seen = new Set<string>();
  const { incidents = null } = options;
  const tell = (incident: Incident) => options.onIncident?.(incident);
  const stage = new LineStage({
    engine: options.engine,
    onRecord(record) {
      if (record.event !== null && record.event['event.action'] !== 'log_message') tally.parsed += 1;
      if (record.event?.timeUs !== undefined) {
        if (record.timeUs < tally.firstUs) tally.firstUs = record.timeUs;
        if (record.timeUs > tally.lastUs) tally.lastUs = record.timeUs;
      }
      incidents?.record(record, tell);
      // A line cannot be younger than the reading of it: one from the future does not move the clock.
      incidents?.advance(Math.min(record.timeUs, record.observedUs), tell);
      options.onRecord?.(record);
    },
    onDetection(detection) {
      seen.add(detection.id);
      incidents?.observe(detection, tell);
      options.onDetection?.(detection);
    },
  });

  for (const input of inputs) {
    const parser = makeParser({
      path: input.file,
      nearUs: input.nearUs,
      ...(options.format === undefined ? {} : { format: options.format }),
      ...(options.year === undefined ? {} : { year: options.year }),
    });
    const lines = stage.stream(
      { agent: 'replay', host: options.host, kind: 'file', path: input.file, stream: input.file },
      parser,
    );
    let line = 0;
    for await (const { block, offset } of splitLines(input.chunks)) {
      options.signal.throwIfAborted();
      tally.bytes += block.length;
      line = pushBlock(block, offset, line, lines.push, input.nearUs);
      await options.afterChunk?.(block.length);
    }
    lines.flush('end');
    tally.lines += line;
    await options.afterChunk?.(0);
  }
  return {
    lines: tally.lines,
    bytes: tally.bytes,
    parsed: tally.parsed,
    detections: seen.size,
    firstUs: Number.isFinite(tally.firstUs) ? tally.firstUs : null,
    lastUs: Number.isFinite(tally.lastUs) ? tally.lastUs : null,
  };
}
