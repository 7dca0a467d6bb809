/** How a program that runs another one takes its options. */
export interface OptionShape {
  /** Short options that take a value. */
  readonly valued?: string;
  /** Long options that take a value as the next word. */
  readonly long?: readonly string[];
  /** Words of its own before the command: a duration, a host, a container. */
  readonly own?: number;
  /** `NAME=value` words may come before the command. */
  readonly assigns?: boolean;
}

/** @returns where the command begins among the arguments; their length where there is none. */
export function commandStart(args: readonly string[], shape: OptionShape): number {
  let own = shape.own ?? 0;
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === '--') {
      at += 1;
      if (own === 0) return at;
      at += own;
      return Math.min(at, args.length);
    }
    if (arg.length > 1 && arg[0] === '-') {
      if (takesNext(arg, shape)) at += 1;
      continue;
    }
    if (shape.assigns && /^[A-Za-z_]\w*=/.test(arg)) continue;
    if (own === 0) return at;
    own -= 1;
  }
  return args.length;
}

function takesNext(arg: string, shape: OptionShape): boolean {
  if (arg.startsWith('--')) return !arg.includes('=') && (shape.long?.includes(arg.slice(2)) ?? false);
  const valued = shape.valued ?? '';
  for (let i = 1; i < arg.length; i++) {
    // A value may be glued to its option; only the last letter takes the next word.
    if (valued.includes(arg[i]!)) return i === arg.length - 1;
  }
  return false;
}

/** The value of the first of the options that is there: `-c x`, `-cx` for one letter, `--name x`, `--name=x`. */
export function optionValue(args: readonly string[], ...names: readonly string[]): string | undefined {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    for (const name of names) {
      if (arg === name) return args[i + 1];
      if (name.startsWith('--') && arg.startsWith(`${name}=`)) return arg.slice(name.length + 1);
      if (name.length === 2 && arg.startsWith(name) && !arg.startsWith('--')) return arg.slice(2);
    }
  }
  return undefined;
}
