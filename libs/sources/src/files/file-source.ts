import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Source, SourceSink } from '../port.ts';
import { type AppearanceWatch, watchAppearance } from './appearance-watch.ts';
import { createDirectoryWatch } from './directory-watch.ts';
import { createFollowing, type Following } from './following.ts';
import { parseGlob } from './glob.ts';
import { isRemote, type Mount, parseMounts } from './mounts.ts';
import { createPoll } from './poll.ts';
import { rooted } from './rooted-path.ts';
import { noteSizes } from './seen-size.ts';

const SIZE_LOOK_MS = 1_000;

export interface FileSourceOptions {
  readonly name: string;
  /** Absolute globs: `*`, `?`, `[…]`, `{a,b}`, `**` (8 levels). Hidden files match only where the dot is spelled out. */
  readonly paths: readonly string[];
  /** Globs of paths, or of names where they have no slash. Compressed files are never followed. */
  readonly exclude?: readonly string[];
  /** Where to begin in files that are there when a pattern is used for the first time. Files that appear later are read whole. */
  readonly start: 'beginning' | 'end';
  readonly format?: string;
  /** Default 250. Idle local files are looked at once a second. */
  readonly pollMs?: number;
  /** Default 5,000. */
  readonly rescanMs?: number;
  /** Longer lines are cut, and the rest is counted lost. Default 1 MiB. */
  readonly maxLineBytes?: number;
  /** Default 1 MiB. */
  readonly blockBytes?: number;
  /** A rotated or deleted file is let go after nothing was written for so long. Default 60,000. */
  readonly rotatedQuietMs?: number;
  /** Default 512. */
  readonly maxOpenFiles?: number;
  /** Integer microseconds. */
  readonly clock: () => number;
  /** A random identifier, at least 64 bits. */
  readonly randomId: () => string;
  /** The watched system's `/`, e.g. `/host` in a container. Default `/`. */
  readonly root?: string;
  /** Default `/proc/self/mountinfo`. */
  readonly mountInfoPath?: string;
  readonly logger?: { warn(context: object, message: string): void };
}

/** Follows log files. See following.ts for how incarnations are told apart. */
export function createFileSource(options: FileSourceOptions): Source {
  const globs = options.paths.flatMap((path) => parseGlob(path));
  const root = (options.root ?? '/').replace(/(.)\/+$/, '$1');
  const pollMs = options.pollMs ?? 250;
  let following: Following | null = null;
  let appearance: AppearanceWatch | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopping = false;
  let scanDue = false;
  let mounts: readonly Mount[] = [];
  let rouse: () => void = () => {};
  const timers: NodeJS.Timeout[] = [];
  let reading = false;
  const directories = createDirectoryWatch(wakePath, () => requestScan());
  const poll = createPoll(pollMs, options.clock);

  function requestScan(): void {
    scanDue = true;
    rouse();
  }

  function wakePath(path: string): void {
    for (const follower of following?.followers() ?? []) {
      if (rooted(follower.at, root) === path) following!.wake(follower);
    }
    rouse();
  }

  async function rescan(): Promise<void> {
    mounts = parseMounts(
      await readFile(options.mountInfoPath ?? '/proc/self/mountinfo', 'utf8').catch(() => ''),
    );
    await following!.scan();
    watchDirectories();
  }

  function watchDirectories(): void {
    const watched = new Set<string>();
    for (const follower of following!.followers()) {
      const path = rooted(follower.at, root);
      if (follower.phase !== 'finished' && !isRemote(mounts, path)) watched.add(dirname(path));
    }
    directories.set(watched);
  }

  async function pollAll(): Promise<void> {
    const files = [...following!.followers()].map((follower) => {
      const path = rooted(follower.record.path, root);
      return { follower, path, remote: isRemote(mounts, path) };
    });
    for (const follower of await poll(files)) following!.wake(follower);
  }

  async function run(): Promise<void> {
    let pollDue = false;
    const pollTimer = setInterval(() => {
      pollDue = true;
      rouse();
    }, pollMs);
    // The loop below stands still while the sink has no room: sizes are looked at beside it.
    const sizeTimer = setInterval(() => {
      if (reading) void noteSizes(following!.followers());
    }, SIZE_LOOK_MS);
    timers.push(pollTimer, sizeTimer, setInterval(requestScan, options.rescanMs ?? 5_000));
    while (!stopping) {
      try {
        if (scanDue) {
          scanDue = false;
          await rescan();
        }
        if (pollDue) {
          pollDue = false;
          await pollAll();
        }
        reading = true;
        if (await following!.turn()) continue;
      } catch (error) {
        options.logger?.warn({ source: options.name, error }, 'reading failed, will be tried again');
      }
      reading = false;
      if (stopping || scanDue || pollDue) continue;
      await new Promise<void>((resolve) => {
        rouse = resolve;
      });
    }
  }

  return {
    name: options.name,
    async start(sink: SourceSink) {
      following = createFollowing(
        {
          ...options,
          globs,
          root,
          exclude: options.exclude ?? [],
          maxLineBytes: options.maxLineBytes ?? 1024 * 1024,
          blockBytes: options.blockBytes ?? 1024 * 1024,
          rotatedQuietMs: options.rotatedQuietMs ?? 60_000,
          maxOpenFiles: options.maxOpenFiles ?? 512,
        },
        sink,
      );
      await following.start();
      await rescan();
      appearance = watchAppearance(globs, options.exclude ?? [], root, requestScan);
      running = run();
    },
    async stop() {
      stopping = true;
      for (const timer of timers.splice(0)) clearInterval(timer);
      rouse();
      directories.stop();
      await appearance?.stop();
      await running;
      await following?.close();
    },
    status: () => following?.status() ?? [],
  };
}
