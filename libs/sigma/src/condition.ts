import { LIMITS } from './limits.ts';
import { didYouMean, RuleProblem } from './problem.ts';

/** A condition, taken apart; names are resolved by whoever asked. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly children: readonly Condition[] }
  | { readonly kind: 'not'; readonly child: Condition }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'of'; readonly count: number | 'all'; readonly names: readonly string[] };

const TOKEN = /\s*(?:([()|])|([^\s()|]+))/gy;

/**
 * Sigma's condition: `and`, `or`, `not`, parentheses, `1 of x*`, `all of them`, `N of …`.
 *
 * @param names the search identifiers that there are; `them` leaves out those that begin with `_`.
 * @throws RuleProblem
 */
export function parseCondition(text: string, names: readonly string[], line: number): Condition {
  if (text.length > LIMITS.conditionChars)
    throw new RuleProblem(line, `the condition is longer than ${LIMITS.conditionChars} characters`);
  const tokens = tokenise(text, line);
  const parser = new Parser(tokens, names, line);
  return parser.whole();
}

function tokenise(text: string, line: number): string[] {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed)!;
    tokens.push(match[1] ?? match[2]!);
    if (tokens.length > LIMITS.conditionTokens)
      throw new RuleProblem(line, `the condition has more than ${LIMITS.conditionTokens} words`);
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly string[];
  readonly #names: readonly string[];
  readonly #line: number;
  #at = 0;

  constructor(tokens: readonly string[], names: readonly string[], line: number) {
    this.#tokens = tokens;
    this.#names = names;
    this.#line = line;
  }

  whole(): Condition {
    const condition = this.#or(0);
    const next = this.#tokens[this.#at];
    if (next === '|')
      throw this.#problem('aggregations (`| count() …`) are Sigma 1; write a correlation instead');
    if (next !== undefined) throw this.#problem(`does not go on with "${next}"`);
    return condition;
  }

  #or(depth: number): Condition {
    return this.#chain('or', () => this.#chain('and', () => this.#not(depth)));
  }

  #chain(word: 'and' | 'or', operand: () => Condition): Condition {
    const children = [operand()];
    while (this.#word() === word) {
      this.#at += 1;
      children.push(operand());
    }
    return children.length === 1 ? children[0]! : { kind: word, children };
  }

  #not(depth: number): Condition {
    if (depth > LIMITS.conditionDepth) throw this.#problem(`is nested deeper than ${LIMITS.conditionDepth}`);
    if (this.#word() === 'not') {
      this.#at += 1;
      return { kind: 'not', child: this.#not(depth + 1) };
    }
    if (this.#tokens[this.#at] === '(') {
      this.#at += 1;
      const inner = this.#or(depth + 1);
      if (this.#tokens[this.#at] !== ')') throw this.#problem('lacks a closing parenthesis');
      this.#at += 1;
      return inner;
    }
    return this.#name();
  }

  #name(): Condition {
    const token = this.#tokens[this.#at];
    const word = this.#word();
    if (token === undefined) throw this.#problem('ends where a name belongs');
    if (token === ')' || token === '|' || word === 'and' || word === 'or')
      throw this.#problem(`has "${token}" where a name belongs`);
    this.#at += 1;
    if (this.#word() === 'of') return this.#of(token);
    if (!this.#names.includes(token)) {
      const near = didYouMean(token, this.#names);
      throw this.#problem(`names "${token}", which is not defined${near}`);
    }
    return { kind: 'name', name: token };
  }

  #of(token: string): Condition {
    const word = token.toLowerCase();
    const count = word === 'all' ? 'all' : word === 'any' ? 1 : /^\d{1,6}$/.test(word) ? Number(word) : 0;
    if (count === 0) throw this.#problem(`has "${token} of"; expected a number from 1, all or any`);
    this.#at += 1;
    const pattern = this.#tokens[this.#at];
    if (pattern === undefined || pattern === '(' || pattern === ')')
      throw this.#problem('lacks a name after "of"');
    this.#at += 1;
    const names = this.#names.filter((name) => matches(name, pattern));
    if (names.length === 0) throw this.#problem(`names "${pattern}", which nothing defined is like`);
    if (typeof count === 'number' && count > names.length)
      throw this.#problem(
        `asks for ${count} of "${pattern}", and there ${names.length === 1 ? 'is' : 'are'} ${names.length}`,
      );
    return { kind: 'of', count, names };
  }

  #word(): string | undefined {
    return this.#tokens[this.#at]?.toLowerCase();
  }

  #problem(message: string): RuleProblem {
    return new RuleProblem(this.#line, `the condition ${message}`);
  }
}

function matches(name: string, pattern: string): boolean {
  if (pattern.toLowerCase() === 'them') return !name.startsWith('_');
  if (!pattern.includes('*')) return name === pattern;
  const source = pattern
    .split(/\*+/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^]*');
  return pattern.split('*').length <= 4 && new RegExp(`^${source}$`).test(name);
}
