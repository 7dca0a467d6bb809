import { randomBytes } from 'node:crypto';
import type { Logger } from '@suite/cli';
import {
  createDockerSource,
  createFileSource,
  createHistorySource,
  createJournaldSource,
  createSocketSource,
  type Source,
} from '@suite/sources';
import type { TomConfig } from './config.ts';

const STREAM_BYTES = 12;
/** Read at once from a file. Larger ones cost memory and, past the processor's cache, time. */
const BLOCK_BYTES = 256 * 1024;

/** The sources of this node, in the order in which they start. A new one is a folder in libs/sources and lines here. */
export function createSources(config: TomConfig, clockUs: () => number, logger: Logger): readonly Source[] {
  const shared = { clock: clockUs, randomId: () => randomBytes(STREAM_BYTES).toString('hex'), logger };
  const polls = { pollMs: config.poll.active, rescanMs: config.poll.discovery, blockBytes: BLOCK_BYTES };
  const files = config.files.map(({ paths, exclude, start, format }, index) =>
    createFileSource({
      name: index === 0 ? 'files' : `files-${index + 1}`,
      paths,
      exclude,
      start,
      ...(format === undefined ? {} : { format }),
      ...polls,
      ...shared,
    }),
  );
  const { journald, histories, sockets, docker } = config;
  return [
    ...files,
    ...(journald.enabled === false
      ? []
      : [createJournaldSource({ name: 'journald', start: journald.start, ...shared })]),
    ...(histories.enabled
      ? [
          createHistorySource({
            name: 'histories',
            start: 'beginning',
            ...(histories.users ? { users: histories.users } : {}),
            ...shared,
          }),
        ]
      : []),
    ...(sockets.enabled
      ? [
          createSocketSource({
            name: 'sockets',
            intervalMs: sockets.interval,
            connections: sockets.connections,
            procRoot: sockets.proc,
            ...shared,
          }),
        ]
      : []),
    ...(docker.socket === undefined
      ? []
      : [createDockerSource({ name: 'docker', socketPath: docker.socket, ...shared })]),
  ];
}
