/**
 * One record of the durable queue: uint32 header length, header (JSON), state bytes, line protocol.
 * A record without points and with a position is a checkpoint.
 */
export interface QueueRecord {
  readonly header: QueueHeader;
  readonly state: Buffer;
  readonly lines: Buffer;
}

export interface QueueHeader {
  readonly points: number;
  /** Absent in the first parts of a batch that was split. */
  readonly position?: number;
  readonly statePosition?: number;
  readonly stateBytes: number;
}

export function encodeQueueRecord(
  header: Omit<QueueHeader, 'stateBytes'>,
  state: Uint8Array | null,
  lines: string,
): readonly Uint8Array[] {
  const json = Buffer.from(JSON.stringify({ ...header, stateBytes: state?.length ?? 0 }));
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32LE(json.length);
  return [length, json, state ?? new Uint8Array(0), Buffer.from(lines, 'utf8')];
}

export function decodeQueueRecord(payload: Buffer): QueueRecord {
  const stateStart = 4 + payload.readUInt32LE(0);
  const header = JSON.parse(payload.toString('utf8', 4, stateStart)) as QueueHeader;
  const linesStart = stateStart + header.stateBytes;
  return { header, state: payload.subarray(stateStart, linesStart), lines: payload.subarray(linesStart) };
}
