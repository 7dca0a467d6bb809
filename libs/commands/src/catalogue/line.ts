import type { Invocation, Unfolded } from '../unfold/invocation.ts';
import { type FileTouch, readFiles, writtenFiles } from './files.ts';
import { startedFile } from './started-file.ts';

/** An invocation with what most indicators ask for. */
export interface Call extends Invocation {
  /** The arguments as one text, at most 8,192 characters. */
  readonly text: string;
  /** The file that it starts: itself where it has a path, or the script that an interpreter is given. */
  readonly started: string | null;
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
    const call = one as Invocation & { text: string; started: string | null };
    call.text = text.length > TEXT_CHARS ? text.slice(0, TEXT_CHARS) : text;
    call.started = startedFile(one);
    return call;
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
