export type { BackOffOptions } from './back-off.ts';
export { Batcher, type BatcherOptions } from './batcher.ts';
export { type Amount, Ledger, type LedgerRow } from './ledger.ts';
export { SAMPLES_PATH, type SamplePoint, type SamplesOptions, spoolSamples } from './samples.ts';
export { Shipper, type ShipperOptions, type ShipperStatus } from './shipper.ts';
export { openSpool, type SealedBatch, type SealedPart, type Spool, type SpoolOptions } from './spool.ts';
export { type SpooledBody, SpoolOutlet } from './spool-outlet.ts';
export { type AgentStatus, collectStatus, readStatus, type StatusParts, writeStatus } from './status.ts';
export { StatusWriter, type StatusWriterOptions } from './status-writer.ts';
