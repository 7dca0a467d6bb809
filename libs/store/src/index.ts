export type { InfluxConnection } from './influx/connection.ts';
export { type InfluxReaderOptions, openInfluxReader } from './influx/reader.ts';
export { type InfluxWriterOptions, openInfluxWriter } from './influx/writer.ts';
export {
  openStoreReader,
  openStoreWriter,
  type Reachable,
  type StoreSpec,
  testStoreReachable,
} from './open.ts';
export {
  type Checkpoint,
  type DetectionQuery,
  type IncidentQuery,
  type NodeState,
  type Page,
  type RateBucket,
  type RateQuery,
  type RecordQuery,
  type RetentionResult,
  type SampleQuery,
  type StoreBacklog,
  type StoreBatch,
  type StoreCounts,
  StoreFullError,
  type StoreReader,
  type StoreWriter,
  type TimeRange,
} from './port.ts';
export { openSqliteReader } from './sqlite/reader.ts';
export { openSqliteWriter, type SqliteWriterOptions } from './sqlite/writer.ts';
export { parseTextQuery, type TextTerm, WORD } from './text-query.ts';
