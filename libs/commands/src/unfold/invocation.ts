/** One program that a command line would run, with what is known of how. */
export interface Invocation {
  /** Base name as the system would run it: `curl` for `/usr/bin/c'u'rl`; empty where it cannot be known. */
  readonly program: string;
  /** argv[0] as far as it is known. */
  readonly path: string;
  /** The arguments as far as they are known; an unknown `$x` stands as it was written. */
  readonly args: readonly string[];
  /** The arguments as one text, at most 8,192 characters. */
  readonly text: string;
  /** The file that it starts: itself where it has a path, or the script that an interpreter is given. */
  readonly started: string | null;
  readonly redirects: readonly Redirect[];
  /** Text on its standard input, where the line itself holds it. */
  readonly stdin: string | null;
  /** The stages before it in its pipeline, the nearest last. */
  readonly upstream: readonly Invocation[];
  /** What runs in `$(…)`, backticks and `<(…)` among its arguments. */
  readonly substituted: readonly Invocation[];
  /** What runs it, the outermost first: `sudo`, `xargs`, `find`, `sh`, `ssh`, `docker`, … */
  readonly via: readonly string[];
  /** What the surrounding `for` runs over, as far as it is known; null outside of loops. */
  readonly loop: string | null;
  /** It goes on in the background: `&`, nohup, setsid, disown. */
  readonly background: boolean;
  /** How its name was hidden, if it was. */
  readonly disguise: Disguise | null;
  /** Assignments in front of it: `LD_PRELOAD=x`. */
  readonly environment: readonly string[];
  /** The text came out of base64, hex or the like. */
  readonly decoded: boolean;
}

export interface Redirect {
  readonly operator: string;
  readonly fd: number | null;
  readonly target: string;
}

export type Disguise = 'quotes' | 'wildcards' | 'variables' | 'blanks' | 'escapes';

/** A command line, unfolded. */
export interface Unfolded {
  readonly invocations: readonly Invocation[];
  /** Assignments of the line, in order: `name=value`. */
  readonly assignments: readonly string[];
  /** What the line as a whole does that is no program: `fork-bomb`. */
  readonly marks: ReadonlySet<Mark>;
}

export type Mark = 'fork-bomb' | 'decoded' | 'cut';
