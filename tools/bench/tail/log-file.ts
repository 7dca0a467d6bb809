import { closeSync, openSync, writeSync } from 'node:fs';
import { Random } from '../../loggen/random.ts';

export const LINE_BYTES = 150;
const BLOCK_LINES = 400_000;
const WORDS = [
  'GET',
  'POST',
  'user',
  'session',
  'timeout',
  'upstream',
  'cache',
  'index',
  'worker',
  'accepted',
  'closed',
  'node',
];

/** A file of `lines` lines of 150 bytes, shaped like an application's log; compresses about 4 to 1. */
export function writeLogFile(path: string, lines: number): number {
  const random = new Random(7);
  const block = Buffer.alloc(Math.min(lines, BLOCK_LINES) * LINE_BYTES);
  for (let at = 0; at < block.length; at += LINE_BYTES) block.write(line(random), at, 'latin1');
  const fd = openSync(path, 'w', 0o600);
  let left = lines * LINE_BYTES;
  while (left > 0) left -= writeSync(fd, block, 0, Math.min(left, block.length));
  closeSync(fd);
  return lines * LINE_BYTES;
}

function line(random: Random): string {
  const at = new Date(1_767_225_600_000 + random.int(86_400_000)).toISOString();
  let text = `${at} node1 app[${1000 + random.int(30_000)}]: `;
  while (text.length < LINE_BYTES - 1) text += `${random.pick(WORDS)}=${random.int(1 << 20).toString(16)} `;
  return `${text.slice(0, LINE_BYTES - 1)}\n`;
}
