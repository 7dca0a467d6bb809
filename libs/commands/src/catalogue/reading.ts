import type { CommandLine } from './line.ts';

/** Programs that show a text or parts of it. */
export const READS = [
  'cat',
  'head',
  'tail',
  'less',
  'more',
  'grep',
  'egrep',
  'awk',
  'sed',
  'cut',
  'strings',
  'xxd',
];

/** Whether the line shows a file like this. */
export const askedOf = (line: CommandLine, path: RegExp) =>
  line.calls.some((call) => READS.includes(call.program) && path.test(call.text)) ||
  line.read.some((touch) => path.test(touch.path));
