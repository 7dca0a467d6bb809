import type { Invocation, Unfolded } from '../unfold/invocation.ts';
import { type FileTouch, readFiles, writtenFiles } from './files.ts';

/** An invocation with what most indicators ask for. */
export interface Call extends Invocation {
  /** The arguments as one text, at most 8,192 characters. */
  readonly text: string;
}

/** A whole line as the catalogue looks at it. */
export interface CommandLine {
  readonly calls: readonly Call[];
  readonly assignments: readonly string[];
  readonly marks: Unfolded['marks'];
  readonly written: readonly FileTouch[];
  readonly read: readonly FileTouch[];
  /** The line as it was typed, at most 8,192 characters. */
  readonly raw: string;
}

const TEXT_CHARS = 8192;

export function commandLine(unfolded: Unfolded, raw: string): CommandLine {
  const calls = unfolded.invocations.map((one): Call => {
    const text = one.args.join(' ');
    return Object.assign(one, { text: text.length > TEXT_CHARS ? text.slice(0, TEXT_CHARS) : text });
  });
  const written: FileTouch[] = [];
  const read: FileTouch[] = [];
  for (const call of calls) {
    writtenFiles(call, written);
    readFiles(call, read);
  }
  return {
    calls,
    assignments: unfolded.assignments,
    marks: unfolded.marks,
    written,
    read,
    raw: raw.length > TEXT_CHARS ? raw.slice(0, TEXT_CHARS) : raw,
  };
}
