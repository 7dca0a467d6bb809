import { parseShell } from '../shell/parse.ts';
import { Environment } from './environment.ts';
import type { Unfolded } from './invocation.ts';
import { TOP, Walker } from './walker.ts';

/**
 * Everything that a command line would run, with what flows between: substitutions, wrappers (`sudo`, `xargs`,
 * `ssh`, `docker exec`), shells in shells, code in other languages, decoded text. Nothing is executed. Never throws;
 * bounded by LIMITS.
 */
export function unfold(command: string): Unfolded {
  const environment = new Environment();
  new Walker(environment).script(parseShell(command, environment.budget), TOP);
  return {
    invocations: environment.invocations,
    assignments: environment.assignments,
    marks: environment.marks,
  };
}
