/** What a command line says, before anything is expanded. Plain data; every list is bounded by limits.ts. */
export interface Script {
  readonly pipelines: readonly Pipeline[];
}

export interface Pipeline {
  readonly stages: readonly Node[];
  /** What follows: `&&`, `||`, `;`, `&`, or nothing. */
  readonly end: '&&' | '||' | ';' | '&' | '';
}

export type Node = SimpleCommand | CompoundCommand;

export interface SimpleCommand {
  readonly kind: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
}

export interface CompoundCommand {
  readonly kind: 'subshell' | 'group' | 'if' | 'while' | 'for' | 'case' | 'function';
  /** Loop variable or function name; empty where there is none. */
  readonly name: string;
  /** What a `for` runs over, what a `case` looks at. */
  readonly words: readonly Word[];
  /** Conditions and bodies, in the order of the text. */
  readonly bodies: readonly Script[];
  readonly redirections: readonly Redirection[];
}

export interface Assignment {
  readonly name: string;
  readonly append: boolean;
  readonly value: Word;
}

export interface Redirection {
  /** `<`, `>`, `>>`, `>|`, `<>`, `>&`, `<&`, `&>`, `&>>`, `<<`, `<<<`. */
  readonly operator: string;
  /** File descriptor named before the operator, or null. */
  readonly fd: number | null;
  /** The file; the text itself for `<<<` and `<<` (empty where the body is not at hand). */
  readonly target: Word;
}

export interface Word {
  readonly parts: readonly Part[];
  /** Quotes or backslashes stand between letters: `c'u'rl`, `wh\oami`. */
  readonly split: boolean;
}

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | VariablePart
  | { readonly kind: 'command'; readonly script: Script; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly text: string }
  | { readonly kind: 'process'; readonly direction: '<' | '>'; readonly script: Script };

export interface VariablePart {
  readonly kind: 'variable';
  readonly name: string;
  /** What stands after the name in braces, unparsed: `:-word`, `:0:1`, `//a/b`; empty where nothing does. */
  readonly modifier: string;
  readonly quoted: boolean;
  /** `${!name}`. */
  readonly indirect: boolean;
}
