import { formatPlace, type Source } from './source.ts';

/** One thing that is wrong with a configuration. Holds no secret. */
export interface ConfigProblem {
  /** File with line and column, variable or flag; null when the value is missing everywhere. */
  readonly source: Source | null;
  /** `http.port`; empty for the file as a whole. */
  readonly keyPath: string;
  /** The whole sentence without the place. */
  readonly message: string;
  /** What to write instead, when something close is valid. */
  readonly suggestion?: string;
}

/** One line: `nadir.yml:12:3: unknown key "retension" under "store"; did you mean "retention"?`. */
export function formatProblem(problem: ConfigProblem): string {
  const place = problem.source ? `${formatPlace(problem.source)}: ` : '';
  const question = problem.suggestion ? `; did you mean "${problem.suggestion}"?` : '';
  return `${place}${problem.message}${question}`;
}

/** The configuration does not load. `problems` are all that were found, in the order of the file. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];
  /** The file that was to be loaded; null when there was none. */
  readonly file: string | null;
  constructor(problems: readonly ConfigProblem[], file: string | null) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
    this.file = file;
  }
}
