/**
 * A young generation of 1 MiB instead of 16: the agent allocates little and briefly, and V8 would otherwise let tens of
 * megabytes of it stand around. Code that is small rather than fast costs nothing measurable here.
 */
const FLAGS = ['--max-semi-space-size=1', '--optimize-for-size', '--expose-gc'];
/**
 * glibc gives every thread a heap of its own and keeps large blocks once they were freed; batches are large blocks. With
 * these, they go back to the system: half the agent's own memory under load.
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

/** Freed buffers beyond this are worth a collection. */
const COLLECT_BYTES = 4 * 1024 * 1024;

/**
 * V8 sees the objects of the agent, which are few, and not the buffers behind them, which are large: left to itself it
 * collects when tens of megabytes have gathered. To be called with the size of each buffer that was used up.
 */
export function bufferCollector(collect = globalThis.gc): (bytes: number) => void {
  let freedBytes = 0;
  return (bytes) => {
    freedBytes += bytes;
    if (freedBytes < COLLECT_BYTES || !collect) return;
    freedBytes = 0;
    void collect({ type: 'minor' });
  };
}
