/** What of a process `relaunch` needs; `process` itself has it. */
export type Relaunchable = Pick<NodeJS.Process, 'argv' | 'execArgv' | 'execPath' | 'env'> &
  Partial<Pick<NodeJS.Process, 'execve'>>;

export interface Launch {
  /** Flags of Node and V8 that only count from a process's start; the first one marks a process that has them. */
  readonly flags: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Replaces this process by itself with other flags (execve: the pid stays, and so do standard input and output). Call
 * it before anything else is loaded.
 *
 * @returns false when the process has the flags already, or cannot be replaced.
 */
export function relaunch(process: Relaunchable, { flags, env = {} }: Launch): boolean {
  const { argv, execArgv, execPath, execve } = process;
  if (execArgv.includes(flags[0]) || !execve) return false;
  execve.call(process, execPath, [execPath, ...flags, ...execArgv, ...argv.slice(1)], {
    ...process.env,
    ...env,
  });
  return true;
}
