export { createDockerSource, type DockerSourceOptions } from './docker/docker-source.ts';
export { createFileSource, type FileSourceOptions } from './files/file-source.ts';
export { createHistorySource, type HistorySourceOptions } from './history/history-source.ts';
export {
  createJournaldSource,
  JOURNALD_FIELDS,
  type JournaldSourceOptions,
} from './journald/journald-source.ts';
export type { LineBlock, Source, SourceLoss, SourceSink, StreamInfo, StreamStatus } from './port.ts';
export { createSocketSource, type SocketSourceOptions } from './sockets/socket-source.ts';
