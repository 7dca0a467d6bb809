import type { Family } from './family.ts';
import type { Call, CommandLine } from './line.ts';

/**
 * Of a call: a program or script with a path, text flowing in, a redirection, a hidden name, a loop or a wrapper around
 * it. Of a line: files written or read.
 */
export type Need = 'file' | 'input' | 'redirect' | 'disguise' | 'loop' | 'wrapper' | 'written' | 'read';

/**
 * One thing that speaks for an attack. `weight` is how strongly, 0 to 1: from 0.75 it is an alert by itself, from
 * 0.4 a notice, below that it only adds to others.
 */
export interface Indicator {
  /** Stable, kebab case, unique. */
  readonly id: string;
  readonly family: Family;
  /** MITRE ATT&CK ids. */
  readonly techniques: readonly string[];
  readonly weight: number;
  /** What the command does, as the middle of a sentence: `opens a shell to another machine`. */
  readonly says: string;
  /**
   * Looks at calls of these programs alone; at every call where absent. With `whenLine`: the line is looked at where
   * one of them is called, or where what it `needs` is there.
   */
  readonly programs?: readonly string[];
  /** What must be there for it to be asked at all; it saves the question where it is not. */
  readonly needs?: Need;
  /** Asked for each call. Must be linear in the text. */
  when?(call: Call, line: CommandLine): boolean;
  /** Asked once a line. */
  whenLine?(line: CommandLine): boolean;
}
