import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Journal, openJournal } from '@suite/journal';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JournalWithRoom } from './journal-with-room.ts';

const MIB = 1024 * 1024;
const record = [Buffer.from('a record')];

let dir: string;
let journal: Journal;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'journal-room-'));
  journal = await openJournal({ dir });
});
afterEach(async () => {
  await journal.stop();
  await rm(dir, { recursive: true, force: true });
});

async function onDisk(disk: { sizeMiB: number; freeMiB: number }) {
  const ask = vi.fn(async () => ({ blocks: disk.sizeMiB, bavail: disk.freeMiB, bsize: MIB }));
  return { room: await JournalWithRoom.create(journal, dir, ask), ask };
}

describe('a journal that leaves room', () => {
  it.each([
    ['a large disk with 128 MiB free', { sizeMiB: 100_000, freeMiB: 128 }],
    ['a small disk with a quarter free', { sizeMiB: 64, freeMiB: 16 }],
    ['a disk that does not tell its size', { sizeMiB: 0, freeMiB: 0 }],
  ])('takes records on %s', async (_what, disk) => {
    const { room } = await onDisk(disk);
    expect(await room.append(record)).toMatchObject({ position: 0 });
    expect(room.head).toBe(journal.head);
  });

  it.each([
    ['a large disk with less than 128 MiB free', { sizeMiB: 100_000, freeMiB: 127 }],
    ['a small disk with less than a quarter free', { sizeMiB: 64, freeMiB: 15 }],
  ])('refuses them on %s, and writes nothing', async (_what, disk) => {
    const { room } = await onDisk(disk);
    await expect(room.append(record)).rejects.toMatchObject({ name: 'JournalFullError', code: 'DISK_FULL' });
    expect(journal.head).toBe(0);
  });

  it('takes them again once there is room', async () => {
    const disk = { sizeMiB: 64, freeMiB: 1 };
    const { room } = await onDisk(disk);
    await expect(room.append(record)).rejects.toThrow('kept for the store');
    disk.freeMiB = 40;
    await vi.waitFor(() => room.append(record));
  });

  it('looks at the disk once a mebibyte, not once a record', async () => {
    const { room, ask } = await onDisk({ sizeMiB: 1000, freeMiB: 900 });
    const chunk = [Buffer.alloc(64 * 1024)];
    for (let n = 0; n < 32; n++) await room.append(chunk);
    expect(ask).toHaveBeenCalledTimes(3);
  });
});
