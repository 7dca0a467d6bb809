/** Lines at the end of what was shipped that are remembered to find the place again. */
export const REMEMBERED_LINES = 64;
/** A shorter common run is chance (`ls` was typed before), unless there is no more to compare. */
const CERTAIN_RUN = 3;

/**
 * Where the new begins in a history file that its shell has rewritten. Shells drop lines at the front
 * (HISTFILESIZE, SAVEHIST, fish's vacuum), in the middle (erasedups), or at the end (another session's, when the
 * last to exit overwrites the file).
 *
 * @param known hashes of the last lines shipped, oldest first.
 * @param lines hashes of the lines that are in the file now.
 * @returns index of the first new line: after the longest run of lines common to both and what goes on from
 *   there in the same order; null where nothing certain is common.
 */
export function firstNewLine(known: readonly string[], lines: readonly string[]): number | null {
  if (known.length === 0) return 0;
  if (lines.length === 0) return null;
  const run = longestRun(known, lines);
  const needed = Math.min(CERTAIN_RUN, known.length, lines.length);
  if (run.length < needed) return null;
  let at = run.endInLines;
  let rest = run.endInKnown;
  while (at < lines.length) {
    const again = known.indexOf(lines[at]!, rest);
    if (again === -1) break;
    rest = again + 1;
    at++;
  }
  return at;
}

interface Run {
  readonly length: number;
  /** Index after its last line. */
  readonly endInKnown: number;
  readonly endInLines: number;
}

/** The longest common run; of equals the one that reaches furthest in `known`, then in `lines`. */
function longestRun(known: readonly string[], lines: readonly string[]): Run {
  let best: Run = { length: 0, endInKnown: 0, endInLines: 0 };
  let above = new Uint32Array(known.length + 1);
  let row = new Uint32Array(known.length + 1);
  for (let line = 1; line <= lines.length; line++) {
    row.fill(0);
    for (let at = 1; at <= known.length; at++) {
      if (lines[line - 1] !== known[at - 1]) continue;
      const length = above[at - 1]! + 1;
      row[at] = length;
      if (length > best.length || (length === best.length && at >= best.endInKnown)) {
        best = { length, endInKnown: at, endInLines: line };
      }
    }
    [above, row] = [row, above];
  }
  return best;
}
