import type { FileTouch, Touch } from './files.ts';
import type { CommandLine } from './line.ts';
import { MENTIONS_TEMPORARY } from './places.ts';

/** What a line in a start file does that none should: brings something from elsewhere, or opens a way in. */
export const SHADY =
  /\b(?:curl|wget|nc|ncat|socat|telnet|nohup|setsid)\s|\/dev\/(?:tcp|udp|shm)\/|\bbase64\b|\bbash\s+-[ic]\b|\bsh\s+-[ic]\b|\bpython[\d.]*\s+-c|\bperl\s+-e|LD_PRELOAD|PROMPT_COMMAND|\btrap\s|\/tmp\/|\bsetuid|\bset \+o history|HISTFILE|alias\s+(?:sudo|su|ssh|passwd|scp)=/;

const WRITES: readonly Touch[] = ['text', 'output', 'tee', 'copy', 'edit', 'link'];

/** Whether the line writes a file like this. */
export function wrote(
  line: CommandLine,
  path: RegExp,
  test: (touch: FileTouch) => boolean = () => true,
): boolean {
  return line.written.some((touch) => WRITES.includes(touch.how) && path.test(touch.path) && test(touch));
}

/** The line holds what is written. */
export const typed = ({ how, content }: FileTouch) =>
  how === 'text' ||
  how === 'edit' ||
  (how === 'tee' && content !== null) ||
  (how === 'output' && content !== null);

/** What is written fetches something, opens a way in, or runs from a temporary folder. */
export const shady = ({ content }: FileTouch) =>
  SHADY.test(content ?? '') || MENTIONS_TEMPORARY.test(content ?? '');
