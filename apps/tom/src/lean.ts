/**
 * A young generation of 1 MiB instead of 16: the agent allocates little and briefly, and V8 would otherwise let tens of
 * megabytes of it stand around. Code that is small rather than fast costs nothing measurable here. Without V8's last
 * optimiser, whose own code would be 5 MB, the agent takes a twentieth more processor time.
 */
const FLAGS = ['--max-semi-space-size=1', '--optimize-for-size', '--max-opt=2'];
/**
 * glibc gives every thread a heap of its own, and keeps ever larger blocks once they were freed. With these, one heap
 * serves all threads, and the blocks that batches are made of go back to the system at once.
 */
const ENV = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '131072' };

type Lean = Pick<NodeJS.Process, 'argv' | 'execArgv' | 'execPath' | 'env'> &
  Partial<Pick<NodeJS.Process, 'execve'>>;

/**
 * Before anything else of `tom run` is loaded, replaces this process by one with settings for little memory (execve: the
 * pid stays, and so do standard input and output).
 *
 * @returns false when it is lean already, runs another command, or cannot be replaced.
 */
export function relaunchLean(process: Lean): boolean {
  const { argv, execArgv, execPath, env, execve } = process;
  if (argv[2] !== 'run' || execArgv.includes(FLAGS[0]!) || !execve) return false;
  execve.call(process, execPath, [execPath, ...FLAGS, ...execArgv, ...argv.slice(1)], { ...env, ...ENV });
  return true;
}
