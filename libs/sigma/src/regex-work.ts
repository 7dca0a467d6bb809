interface Group {
  work: number;
  /** Of what a quantifier would repeat. */
  last: number;
}

const COUNTED = /\{(\d{1,9})(?:,(\d{0,9}))?\}/y;
const NAMED = /\{[^}]{1,40}\}/y;

/**
 * About how many instructions an expression's automaton has: its characters, each as often as counted repetitions,
 * nested ones multiplied, ask for it. Time on a text is at most that times its length.
 */
export function regexWork(source: string): number {
  const stack: Group[] = [];
  let group: Group = { work: 0, last: 0 };
  const item = (work: number) => {
    group.work += work;
    group.last = work;
  };
  for (let i = 0; i < source.length; i++) {
    const char = source[i]!;
    if (char === '\\') {
      i += 1;
      // `\p{Greek}`, `\x{10FFFF}`.
      if (/[pPx]/.test(source[i] ?? '')) i += lengthAt(NAMED, source, i + 1);
      item(1);
    } else if (char === '[') {
      i = classEnd(source, i);
      item(1);
    } else if (char === '(') {
      stack.push(group);
      group = { work: 0, last: 0 };
    } else if (char === ')') {
      const inner = group.work;
      group = stack.pop() ?? { work: inner, last: 0 };
      item(Math.max(1, inner));
    } else if (char === '{' && lengthAt(COUNTED, source, i) > 0) {
      COUNTED.lastIndex = i;
      const [all, low = '0', high = ''] = COUNTED.exec(source)!;
      const repeated = group.last * Math.max(1, Number(low), Number(high));
      group.work += repeated - group.last;
      group.last = repeated;
      i += all.length - 1;
    } else if (char === '|') group.last = 0;
    else if (char !== '*' && char !== '+' && char !== '?') item(1);
    if (group.work > 1e9) return group.work;
  }
  return stack.reduce((sum, { work }) => sum + work, group.work);
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** Index of the bracket that closes a class; one right after the opening is a member of it. */
function classEnd(source: string, from: number): number {
  let i = from + 1;
  if (source[i] === '^') i += 1;
  if (source[i] === ']') i += 1;
  while (i < source.length && source[i] !== ']') i += source[i] === '\\' ? 2 : 1;
  return Math.min(i, source.length - 1);
}
