import { closeSync, openSync, readSync } from 'node:fs';

/** A row of /proc/net/tcp, tcp6, udp or udp6; both ends as they stand there. */
export interface SocketRow {
  readonly local: string;
  readonly remote: string;
  readonly state: number;
  readonly uid: number;
  /** 0 once the process has closed it (TIME_WAIT and the like). */
  readonly inode: number;
}

/** include/net/tcp_states.h; UDP has `established` when connected and `close` when not. */
export const STATE = {
  established: 1,
  synSent: 2,
  synReceived: 3,
  timeWait: 6,
  close: 7,
  listen: 10,
} as const;

const READ_BYTES = 64 * 1024;
const NEWLINE = 10;
const COLON = 58;

export interface TableReader {
  /**
   * Calls `visit` for each row whose state `wanted` allows. The kernel writes listening TCP sockets first.
   *
   * @returns whether the table was longer than the bound: rows beyond it were not read.
   * @throws what opening or reading the file throws.
   */
  read(
    path: string,
    wanted: (state: number) => boolean,
    visit: (row: SocketRow) => void,
  ): { readonly cut: boolean };
}

/** One buffer for all reads: a table is read every few seconds for as long as the agent runs. */
export function createTableReader(limitBytes: number): TableReader {
  const buffer = Buffer.alloc(READ_BYTES);
  return {
    read(path, wanted, visit) {
      const file = openSync(path, 'r');
      try {
        let kept = 0;
        let total = 0;
        for (;;) {
          const got = readSync(file, buffer, kept, buffer.length - kept, null);
          if (got === 0) return { cut: false };
          total += got;
          const end = kept + got;
          const last = buffer.lastIndexOf(NEWLINE, end - 1);
          // A row is 150 to 200 bytes. What has no end within the buffer is no table.
          if (last === -1 && end === buffer.length) throw new Error(`${path} is no table of sockets`);
          visitRows(buffer, last + 1, wanted, visit);
          buffer.copyWithin(0, last + 1, end);
          kept = end - last - 1;
          if (total >= limitBytes) return { cut: true };
        }
      } finally {
        closeSync(file);
      }
    },
  };
}

function visitRows(
  buffer: Buffer,
  end: number,
  wanted: (state: number) => boolean,
  visit: (row: SocketRow) => void,
): void {
  for (let at = 0; at < end; ) {
    const stop = buffer.indexOf(NEWLINE, at);
    const row = parseRow(buffer, at, stop, wanted);
    if (row !== null) visit(row);
    at = stop + 1;
  }
}

/** `  12: 0100007F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000   110        0 31337 1 …` */
function parseRow(
  buffer: Buffer,
  from: number,
  to: number,
  wanted: (state: number) => boolean,
): SocketRow | null {
  const colon = buffer.indexOf(COLON, from);
  if (colon === -1 || colon + 2 >= to) return null;
  const start = colon + 2;
  const width = buffer[start + 8] === COLON ? 13 : 37;
  const stateAt = start + 2 * (width + 1);
  if (stateAt + 3 > to) return null;
  const state = Number.parseInt(buffer.toString('latin1', stateAt, stateAt + 2), 16);
  if (!wanted(state)) return null;
  const rest = buffer
    .toString('latin1', stateAt + 3, to)
    .trim()
    .split(/ +/);
  const uid = Number(rest[3]);
  const inode = Number(rest[5]);
  if (!Number.isSafeInteger(uid) || !Number.isSafeInteger(inode)) return null;
  const local = buffer.toString('latin1', start, start + width);
  const remote = buffer.toString('latin1', start + width + 1, start + 2 * width + 1);
  return { local, remote, state, uid, inode };
}
