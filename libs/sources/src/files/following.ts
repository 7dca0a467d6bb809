import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SourceSink, StreamStatus } from '../port.ts';
import { type BlockReader, createBlockReader } from './block-reader.ts';
import { discover, type FoundFile } from './discover.ts';
import { type FileRecord, hashBytes, inodeKey, parseFileRecord } from './file-record.ts';
import { createFollower, type Follower, growHead, newRecord, type Phase } from './follower.ts';
import type { FollowingOptions } from './following-options.ts';
import { followingStatus } from './following-status.ts';
import { lineStartBefore } from './line-start.ts';
import { isSameFile, type Location, locate, locateCopy, pathOfInode } from './locate.ts';
import { closeSurplus } from './open-file-limit.ts';
import { matchMarks, type OpenedFile, openPlain, readExactly } from './opened-file.ts';
import { statInRoot } from './rooted-path.ts';
import { rotatedName } from './rotated-name.ts';
import { unreadBytes } from './seen-size.ts';
import { isReadFailure, unreadableReason } from './unreadable.ts';
import { type Current, currentOf, openUnseen } from './unseen-files.ts';

/**
 * All files of one source: which there are, which incarnation each is, and whose turn it is. Has no timers and
 * no watchers: whoever owns it calls `scan` and `poll`, and `turn` until there is no work. Calls must not overlap.
 */
export interface Following {
  /** Takes up what the sink remembers, then looks for files. */
  start(): Promise<void>;
  /** Looks for new files, and for those that may be read now. */
  scan(): Promise<void>;
  /** Something was written to, or happened at, this path. */
  wake(follower: Follower): void;
  /** Reads one block of the file whose turn it is. False when nobody has anything to do. */
  turn(): Promise<boolean>;
  followers(): Iterable<Follower>;
  status(): readonly StreamStatus[];
  close(): Promise<void>;
}

/** Resume key under which the source keeps the patterns that it has applied `start` to. */
const STARTED_KEY = '#started';

export function createFollowing(options: FollowingOptions, sink: SourceSink): Following {
  const { root, clock, name: source } = options;
  const followers = new Set<Follower>();
  const dirty = new Set<Follower>();
  let matched = new Map<string, FoundFile>();
  let problems = new Map<string, string>();
  let unmatched: readonly string[] = [];
  let started = new Set<string>();
  let order = 0;
  const reader: BlockReader = createBlockReader({ ...options, source, sink });

  const wake = (follower: Follower): void => {
    if (follower.phase !== 'finished') dirty.add(follower);
  };

  async function start(): Promise<void> {
    const states = sink.resume(source);
    const known = states.get(STARTED_KEY) as { patterns?: unknown } | undefined;
    if (Array.isArray(known?.patterns))
      started = new Set(known.patterns.filter((p) => typeof p === 'string'));
    const records = [...states.values()].map(parseFileRecord).filter((record) => record !== null);
    for (const record of records.sort((a, b) => a.order - b.order)) {
      followers.add(createFollower(record, 'live', clock()));
      order = Math.max(order, record.order + 1);
    }
    for (const follower of [...followers]) if (await reopen(follower)) dirty.add(follower);
    await scan();
    const patterns = [...new Set(options.globs.map((glob) => glob.pattern))];
    if (patterns.some((pattern) => !started.has(pattern))) {
      started = new Set([...started, ...patterns]);
      await sink.remember(source, STARTED_KEY, { patterns: [...started] });
    }
  }

  async function scan(): Promise<void> {
    const found = await discover(options.globs, options.exclude, root);
    matched = found.files;
    unmatched = found.unmatched;
    problems = new Map();
    for (const [path, reason] of found.problems) problems.set(path, reason);
    for (const follower of [...followers]) {
      if (follower.file === null && follower.phase !== 'finished' && (await reopen(follower)))
        dirty.add(follower);
    }
    const byInode = new Map([...followers].map((follower) => [inodeKey(follower.record), follower]));
    for (const [key, file] of matched) {
      const follower = byInode.get(key);
      if (follower === undefined) await meet(file);
      else await meetAgain(follower, file);
    }
    for (const follower of [...followers]) {
      if (follower.phase === 'finished' && !matched.has(inodeKey(follower.record))) await forget(follower);
    }
  }

  /** A file nobody follows: a new incarnation, unless it is the copy that a copytruncate under way is making. */
  async function meet(file: FoundFile): Promise<void> {
    try {
      const opened = await openPlain(join(root, file.real));
      const original = await originalOf(file, opened.file);
      if (original !== null) {
        await opened.file.close();
        problems.set(file.path, `begins as ${original} does: taken for a copy of it and not read twice`);
        return;
      }
      for (const other of [...followers]) {
        if (other.phase === 'live' && other.record.path === file.path) await noteRotation(other);
      }
      const record = newRecord(file.path, file.real, opened.stats, options.randomId(), order++);
      const phase = hasRotatedName(file.real) ? 'rotated' : 'live';
      const follower = await add(record, phase, opened.file);
      await closeSurplus(followers, follower, options.maxOpenFiles);
      if (options.start === 'end' && !file.patterns.some((pattern) => started.has(pattern))) {
        await startAtEnd(follower, Number(opened.stats.size));
      } else await sink.remember(source, record.stream, record);
    } catch (error) {
      problems.set(file.path, unreadableReason(error));
    }
  }

  async function meetAgain(follower: Follower, file: FoundFile): Promise<void> {
    follower.at = file.real;
    if (follower.phase !== 'finished') return;
    if (!isSameFile(follower.record, file.stats)) {
      await forget(follower);
      await meet(file);
    } else if (file.stats.size !== BigInt(follower.record.offset)) {
      follower.phase = 'rotated';
      if (await reopen(follower)) dirty.add(follower);
    }
  }

  async function originalOf(file: FoundFile, opened: OpenedFile): Promise<string | null> {
    for (const { record, phase } of followers) {
      if (phase === 'finished' || record.headLength === 0 || dirname(record.real) !== dirname(file.real))
        continue;
      if (rotatedName(basename(record.real), basename(file.real)) === null) continue;
      const head = await readExactly(opened, record.headLength, 0);
      if (head !== null && hashBytes(head) === record.head) return record.path;
    }
    return null;
  }

  async function startAtEnd(follower: Follower, size: number): Promise<void> {
    const at = await lineStartBefore(follower.file!, size);
    follower.record = { ...follower.record, ...at.record, size };
    follower.marks = at.marks;
    await sink.remember(source, follower.record.stream, follower.record);
  }

  async function add(record: FileRecord, phase: Phase, file: OpenedFile): Promise<Follower> {
    for (const other of [...followers]) {
      if (other.record.path !== record.path || other.record.superseded) continue;
      other.record = { ...other.record, superseded: true };
      if (other.phase === 'finished') await sink.remember(source, other.record.stream, other.record);
    }
    const follower = createFollower(record, phase, clock());
    follower.file = file;
    followers.add(follower);
    dirty.add(follower);
    return follower;
  }

  /** Finds a follower's bytes again, wherever they are now. False when it cannot be read for the time being. */
  async function reopen(follower: Follower): Promise<boolean> {
    const { record } = follower;
    let found: Location | null;
    try {
      found = await locate(record, root, claimedBut(follower));
    } catch (error) {
      problems.set(record.path, unreadableReason(error));
      follower.drained = true;
      return false;
    }
    if (found === null) {
      const there = await readdir(join(root, dirname(record.real))).catch(() => null);
      if (there === null) return false;
      lose(follower, 'deleted');
      await forget(follower);
      return false;
    }
    await takeUp(follower, found);
    return true;
  }

  async function takeUp(follower: Follower, found: Location, current: Current | null = null): Promise<void> {
    const { dev, ino, birthtimeNs } = found.stats;
    const identity = { dev: String(dev), ino: String(ino), birthNs: String(birthtimeNs) };
    follower.file = found.file;
    follower.resting = false;
    follower.marks = found.marks;
    follower.at = found.path;
    follower.record = { ...follower.record, ...identity };
    follower.drained = false;
    const whole = found.how === 'copy' || found.how === 'gzip';
    const live = !whole && !hasRotatedName(follower.record.real) && (await isAtPath(follower));
    follower.phase = whole ? 'drain' : live ? 'live' : 'rotated';
    if (follower.phase !== 'live') await adoptNewer(follower, found.path, current);
    await closeSurplus(followers, follower, options.maxOpenFiles);
  }

  /** Files that came and were rotated away between two looks: nobody has read them, no glob need match them. */
  async function adoptNewer(follower: Follower, path: string, current: Current | null): Promise<void> {
    const { record } = follower;
    if (record.superseded || isSuperseded(record)) return;
    const isFollowed = (inode: string) => [...followers].some((other) => inodeKey(other.record) === inode);
    for (const unseen of await openUnseen(record, path, root, isFollowed, current)) {
      const next = newRecord(record.path, record.real, unseen.stats, options.randomId(), order++);
      const adopted = await add(next, unseen.compressed ? 'drain' : 'rotated', unseen.file);
      growHead(adopted, unseen.head);
      await sink.remember(source, next.stream, adopted.record);
    }
  }

  /** It was rotated away from a file that is followed, and will hardly be written to: its end is its end. */
  function hasRotatedName(real: string): boolean {
    return [...followers].some(({ record }) => {
      if (dirname(record.real) !== dirname(real)) return false;
      return rotatedName(basename(record.real), basename(real)) !== null;
    });
  }

  function isSuperseded(record: FileRecord): boolean {
    return [...followers].some(
      (other) => other.record.path === record.path && other.record.order > record.order,
    );
  }

  async function isAtPath(follower: Follower): Promise<boolean> {
    const stats = await statInRoot(follower.record.path, root).catch(() => null);
    return stats !== null && inodeKey(stats) === inodeKey(follower.record);
  }

  function claimedBut(follower: Follower): ReadonlySet<string> {
    const others = [...followers].filter((other) => other !== follower);
    return new Set(others.map((other) => inodeKey(other.record)));
  }

  async function turn(): Promise<boolean> {
    for (const follower of dirty) {
      dirty.delete(follower);
      if (!followers.has(follower) || isBlocked(follower)) continue;
      if (follower.file === null && !(await reopen(follower))) continue;
      try {
        await step(follower);
      } catch (error) {
        await setAside(follower, error);
        throw error;
      }
      return true;
    }
    return false;
  }

  async function step(follower: Follower): Promise<void> {
    const outcome = await reader.read(follower);
    if (outcome === 'more') dirty.add(follower);
    else if (outcome === 'changed') await replaced(follower);
    else await atEnd(follower);
  }

  /**
   * Reading failed (EIO, ESTALE, damaged gzip): the next poll or scan opens it anew. Where the sink refused, the
   * handle is kept, it may be all there is of a deleted file; its turn comes again.
   */
  async function setAside(follower: Follower, error: unknown): Promise<void> {
    if (!isReadFailure(error)) {
      wake(follower);
      return;
    }
    problems.set(follower.record.path, unreadableReason(error));
    const file = follower.file;
    follower.file = null;
    await file?.close().catch(() => {});
  }

  /** An earlier incarnation at the same path is not at its end yet. */
  function isBlocked(follower: Follower): boolean {
    for (const other of followers) {
      const earlier =
        other.record.path === follower.record.path && other.record.order < follower.record.order;
      if (earlier && !other.drained && other.phase !== 'finished') return true;
    }
    return false;
  }

  async function atEnd(follower: Follower): Promise<void> {
    if (follower.phase === 'drain') return finish(follower);
    const stats = await follower.file!.stat();
    if (stats !== null) follower.mtimeNs = stats.mtimeNs;
    if (follower.phase === 'live') {
      if (await isAtPath(follower)) return;
      return noteRotation(follower);
    }
    if (!follower.drained) {
      follower.drained = true;
      wakeSuccessors(follower);
    }
    if (clock() - follower.quietSinceUs >= options.rotatedQuietMs * 1_000) await finish(follower);
  }

  /** Another file, or none, is at its path now: what is left is read, and what came and went in between. */
  async function noteRotation(follower: Follower): Promise<void> {
    const { file, record } = follower;
    follower.phase = 'rotated';
    follower.quietSinceUs = clock();
    dirty.add(follower);
    // Truncated before it was renamed: its content is elsewhere, and so is what came after it.
    if (file !== null && (await matchMarks(file, record)) === null) return replaced(follower);
    const path = (await pathOfInode(record, root)) ?? (await pathOfCopy(follower));
    if (path !== null) await adoptNewer(follower, path, file === null ? null : await currentOf(file));
  }

  /** Where the content went when the file itself was compressed or removed while it was read. */
  async function pathOfCopy(follower: Follower): Promise<string | null> {
    const copy = await locateCopy(follower.record, root, claimedBut(follower));
    await copy?.file.close();
    return copy?.path ?? null;
  }

  function wakeSuccessors(follower: Follower): void {
    for (const other of followers) {
      if (other !== follower && other.record.path === follower.record.path) wake(other);
    }
  }

  /** The content under the handle is another: truncated, or rewritten in place. */
  async function replaced(follower: Follower): Promise<void> {
    const { record, phase } = follower;
    const file = follower.file!;
    if (phase === 'drain') {
      follower.file = null;
      await file.close();
      if (await reopen(follower)) dirty.add(follower);
      return;
    }
    const stats = (await file.stat())!;
    const found = await locateCopy(record, root, claimedBut(follower));
    const next = newRecord(record.path, record.real, stats, options.randomId(), 0);
    if (found !== null) {
      await takeUp(follower, found, await currentOf(file));
      dirty.add(follower);
    } else {
      lose(follower, 'truncated');
      follower.file = null;
      await forget(follower);
    }
    const successor = await add({ ...next, order: order++ }, phase, file);
    await sink.remember(source, successor.record.stream, successor.record);
  }

  function lose(follower: Follower, reason: 'truncated' | 'deleted'): void {
    const bytes = unreadBytes(follower);
    if (bytes > 0) sink.lost({ source, path: follower.record.path, bytes, reason });
  }

  async function finish(follower: Follower): Promise<void> {
    if ((await reader.finish(follower)) === 'changed') return replaced(follower);
    follower.drained = true;
    wakeSuccessors(follower);
    if (matched.has(inodeKey(follower.record))) {
      await follower.file?.close();
      follower.file = null;
      follower.phase = 'finished';
      await sink.remember(source, follower.record.stream, follower.record);
    } else await forget(follower);
  }

  async function forget(follower: Follower): Promise<void> {
    followers.delete(follower);
    dirty.delete(follower);
    await follower.file?.close();
    follower.file = null;
    await sink.remember(source, follower.record.stream, null);
    wakeSuccessors(follower);
  }

  async function close(): Promise<void> {
    for (const follower of followers) {
      await follower.file?.close();
      follower.file = null;
    }
  }

  const status = () => followingStatus(source, followers, problems, unmatched);
  return { start, scan, wake, turn, followers: () => followers, status, close };
}
