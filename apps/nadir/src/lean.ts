import { type Launch, type Relaunchable, relaunch } from '@suite/cli/relaunch';

/**
 * V8 lets the heap grow to a multiple of what is alive before it looks for garbage. Detection keeps tens of megabytes
 * alive and makes hundreds a second, so that multiple was most of NADIR's memory: these settings take a fifth more
 * processor time and half of the memory (measured on a million lines, see `npm run bench -- detect`).
 */
const LEAN: Launch = { flags: ['--heap-growing-percent=40', '--max-semi-space-size=8'] };

/** What runs long or over large logs. */
const COMMANDS: ReadonlySet<string> = new Set(['serve', 'replay', 'bench', 'templates']);

/** Such commands go on in a process with settings for less memory. @returns whether this one was replaced. */
export function relaunchLean(process: Relaunchable): boolean {
  return COMMANDS.has(process.argv[2] ?? '') && relaunch(process, LEAN);
}
