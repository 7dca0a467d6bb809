import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTableReader, type SocketRow } from './socket-table.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sockets-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (n: number, local: string, remote: string, state: string, uid: number, inode: number) =>
  `${`${n}`.padStart(4)}: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${`${uid}`.padStart(5)}        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;

function read(text: string, limitBytes = 1e7, wanted: (state: number) => boolean = () => true) {
  writeFileSync(join(dir, 'tcp'), text);
  const rows: SocketRow[] = [];
  const { cut } = createTableReader(limitBytes).read(join(dir, 'tcp'), wanted, (one) => rows.push(one));
  return { rows, cut };
}

it('reads rows of both families', () => {
  const six = `${'0'.repeat(32)}:0050`;
  const { rows } = read(
    HEAD +
      row(0, '00000000:0016', '00000000:0000', '0A', 0, 107) +
      row(12345, six, six, '01', 1000, 4_294_967_295),
  );
  expect(rows).toEqual([
    { local: '00000000:0016', remote: '00000000:0000', state: 10, uid: 0, inode: 107 },
    { local: six, remote: six, state: 1, uid: 1000, inode: 4_294_967_295 },
  ]);
});

it('reads a table that is longer than its buffer, row by row', () => {
  const many = Array.from({ length: 3_000 }, (_, n) => row(n, '00000000:0016', '00000000:0000', '0A', 0, n));
  expect(read(HEAD + many.join('')).rows.map(({ inode }) => inode)).toEqual(many.map((_, n) => n));
});

it('stops at its bound and says so', () => {
  const many = Array.from({ length: 3_000 }, (_, n) => row(n, '00000000:0016', '00000000:0000', '0A', 0, n));
  const { rows, cut } = read(HEAD + many.join(''), 100_000);
  expect(cut).toBe(true);
  expect(rows.length).toBeLessThan(1_500);
});

it('leaves out the states that nobody wants', () => {
  const text = HEAD + row(0, '00000000:0016', '00000000:0000', '06', 0, 0);
  expect(read(text, 1e7, (state) => state !== 6).rows).toEqual([]);
});

it('holds with any bytes', () => {
  const noise = fc.oneof(
    fc.string(),
    fc.constantFrom(row(0, '00000000:0016', '00000000:0000', '0A', 0, 1), ':', '0: 1'),
  );
  fc.assert(
    fc.property(fc.array(noise), (parts) => {
      for (const { state, uid, inode } of read(parts.join('\n')).rows) {
        expect(Number.isSafeInteger(uid) && Number.isSafeInteger(inode)).toBe(true);
        expect(typeof state).toBe('number');
      }
    }),
  );
});
