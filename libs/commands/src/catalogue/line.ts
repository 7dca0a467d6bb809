import type { Invocation, Unfolded } from '../unfold/invocation.ts';
import { type FileTouch, readFiles, writtenFiles } from './files.ts';

/** A program that the line would run. */
export type Call = Invocation;

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
  const calls = unfolded.invocations;
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
