import { RE2JS } from 're2js';
import { LIMITS } from './limits.ts';
import { RuleProblem } from './problem.ts';
import { regexWork } from './regex-work.ts';

/** Work of the regular expressions of one rule, so that a thousand large ones are refused like one huge one. */
export interface RegexBudget {
  left: number;
}

/**
 * A regular expression that cannot explode: RE2's syntax, matched by automata in time linear in the text. Look-around
 * and back-references have no such automaton and are refused.
 */
export function compileRegex(
  source: string,
  flags: string,
  line: number,
  budget: RegexBudget,
): (text: string) => boolean {
  if (source.length > LIMITS.regexChars)
    throw new RuleProblem(line, `the regular expression is longer than ${LIMITS.regexChars} characters`);
  const work = regexWork(source);
  budget.left -= work;
  if (work > LIMITS.regexWork) throw new RuleProblem(line, 'the regular expression repeats too much');
  if (budget.left < 0) throw new RuleProblem(line, 'the regular expressions repeat too much in all');
  let bits = 0;
  if (flags.includes('i')) bits |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes('m')) bits |= RE2JS.MULTILINE;
  if (flags.includes('s')) bits |= RE2JS.DOTALL;
  try {
    const regex = RE2JS.compile(source, bits);
    return (text) => regex.test(text);
  } catch (error) {
    throw new RuleProblem(line, `the regular expression does not hold: ${reasonOf(source, error)}`);
  }
}

function reasonOf(source: string, error: unknown): string {
  if (/\(\?<?[=!]/.test(source)) return 'look-around is not possible in linear time';
  if (/\\[1-9]/.test(source)) return 'back-references are not possible in linear time';
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^error parsing regexp: /, '').slice(0, 200);
}
