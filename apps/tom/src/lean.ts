import { type Launch, type Relaunchable, relaunch } from '@suite/cli/relaunch';

const LEAN: Launch = {
  /**
   * A young generation of 1 MiB instead of 16: the agent allocates little and briefly, and V8 would otherwise let tens
   * of megabytes of it stand around. Code that is small rather than fast costs nothing measurable here. Without V8's
   * last optimiser, whose own code would be 5 MB, the agent takes a twentieth more processor time.
   */
  flags: ['--max-semi-space-size=1', '--optimize-for-size', '--max-opt=2'],
  /**
   * glibc gives every thread a heap of its own, and keeps ever larger blocks once they were freed. With these, one heap
   * serves all threads, and the blocks that batches are made of go back to the system at once.
   */
  env: { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '131072' },
};

/** `tom run` alone goes on in a process with settings for little memory. @returns whether this one was replaced. */
export function relaunchLean(process: Relaunchable): boolean {
  return process.argv[2] === 'run' && relaunch(process, LEAN);
}
