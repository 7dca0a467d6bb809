/** What a command's end says to the shell. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  /** Some of it was done; what was left out has been listed. */
  partial: 3,
  /** A check ran and found something. */
  found: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
