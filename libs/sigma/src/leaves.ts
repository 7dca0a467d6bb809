import { cidrTest, compareTest, patternsOf, short, timePartOf } from './field-tests.ts';
import { type FieldFamily, fieldNames, keywordText, resolveField } from './fields.ts';
import { LIMITS } from './limits.ts';
import type { FieldSpec } from './modifiers.ts';
import type { Leaf, Node } from './node.ts';
import type { CompiledPattern } from './pattern.ts';
import { didYouMean, RuleProblem } from './problem.ts';
import { compileRegex, type RegexBudget } from './regex.ts';
import type { FieldTable, View } from './view.ts';
import type { YamlScalar } from './yaml-tree.ts';

/** What compiling the values of a rule needs; one per rule. */
export interface LeafContext {
  readonly table: FieldTable;
  readonly family: FieldFamily;
  readonly sourceWords: string;
  /** What `%name%` stands for. */
  readonly placeholders: Readonly<Record<string, readonly string[]>>;
  readonly regex: RegexBudget;
  /** Values that the rule may still have. */
  values: number;
  /** Set when a field of `attempt.*` is read: such a rule counts attempts, not lines. */
  readsAttempt: boolean;
}

/** One key and its values as a node. @throws RuleProblem */
export function leafOf(spec: FieldSpec, values: readonly YamlScalar[], context: LeafContext): Node {
  const field = fieldIndex(spec.field, spec.line, context);
  const leaf = testOf(spec, field, expand(spec, values, context), context);
  return spec.negated ? { kind: 'not', child: leaf } : leaf;
}

function fieldIndex(name: string | null, line: number, context: LeafContext): number {
  if (name === null) return context.table.intern('keywords', 'the line', keywordText);
  const resolved = resolveField(name, context.family);
  if (resolved === null) {
    const near = didYouMean(name, fieldNames(context.family));
    throw new RuleProblem(line, `the field "${name}" has no counterpart in ${context.sourceWords}${near}`);
  }
  if (name.startsWith('attempt.')) context.readsAttempt = true;
  return context.table.intern(resolved.key, name, resolved.reader);
}

function testOf(spec: FieldSpec, field: number, values: readonly YamlScalar[], context: LeafContext): Node {
  const base = { kind: 'leaf', field, name: spec.field ?? 'the line', literals: null, exact: null } as const;
  const { line } = spec;
  const tests = (make: (value: YamlScalar) => (view: View) => boolean): Leaf => {
    const each = values.map(make);
    return { ...base, test: each.length === 1 ? each[0]! : spec.all ? every(each) : some(each) };
  };
  if (spec.timePart !== null) {
    const part = spec.timePart;
    return tests((value) => {
      const holds = spec.compare
        ? compareTest(spec.compare, value.value, line)
        : equalsNumber(value.value, line);
      return (view) => {
        const text = view.text(field);
        return text !== undefined && holds(timePartOf(text, part));
      };
    });
  }
  switch (spec.test) {
    case 're':
      return tests((value) => {
        const regex = compileRegex(value.text, spec.flags, value.line, context.regex);
        return (view) => {
          const text = view.text(field);
          return text !== undefined && regex(text);
        };
      });
    case 'cidr':
      return tests((value) => {
        const inside = cidrTest(value.text, value.line);
        return (view) => {
          const text = view.text(field);
          return text !== undefined && inside(text);
        };
      });
    case 'exists':
      return tests(({ value }) => {
        if (typeof value !== 'boolean') throw new RuleProblem(line, 'exists is true or false');
        return (view) => (view.text(field) !== undefined) === value;
      });
    case 'compare':
      return tests((value) => {
        const holds = compareTest(spec.compare!, value.value, value.line);
        return (view) => {
          const text = view.text(field);
          return text !== undefined && text !== '' && holds(Number(text));
        };
      });
    case 'fieldref':
      return tests((value) => fieldReference(spec, field, value, context));
    case 'text':
      return textLeaf(spec, field, values, context, base.name);
  }
}

function fieldReference(spec: FieldSpec, field: number, value: YamlScalar, context: LeafContext) {
  const other = fieldIndex(value.text, value.line, context);
  const read = (view: View, index: number) => (spec.cased ? view.text(index) : view.lower(index));
  const holds =
    spec.position === 'contains'
      ? (a: string, b: string) => a.includes(b)
      : spec.position === 'startswith'
        ? (a: string, b: string) => a.startsWith(b)
        : spec.position === 'endswith'
          ? (a: string, b: string) => a.endsWith(b)
          : (a: string, b: string) => a === b;
  return (view: View) => {
    const a = read(view, field);
    const b = read(view, other);
    return a !== undefined && b !== undefined && holds(a, b);
  };
}

function textLeaf(
  spec: FieldSpec,
  field: number,
  values: readonly YamlScalar[],
  context: LeafContext,
  name: string,
): Node {
  const groups = values.map((value) => (value.value === null ? null : alternatives(value, spec, context)));
  const { cased } = spec;
  const holds = (view: View, group: readonly CompiledPattern[] | null): boolean => {
    const text = cased ? view.text(field) : view.lower(field);
    if (group === null) return text === undefined || text === '';
    if (text === undefined) return false;
    for (const pattern of group) if (pattern.test(text)) return true;
    return false;
  };
  const leaf = (groupsOf: readonly (readonly CompiledPattern[] | null)[]): Leaf => {
    const flat = groupsOf.flat();
    const literals = flat.map((pattern) => pattern?.literal ?? '');
    const plain =
      spec.field !== null && spec.position === null && flat.every((p) => p === null || isPlain(p));
    return {
      kind: 'leaf',
      field,
      name,
      test:
        groupsOf.length === 1
          ? (view) => holds(view, groupsOf[0]!)
          : (view) => groupsOf.some((g) => holds(view, g)),
      literals: literals.includes('') ? null : literals,
      exact: plain ? literals : null,
    };
  };
  if (!spec.all || groups.length === 1) return leaf(groups);
  return { kind: 'and', children: groups.map((group) => leaf([group])) };
}

/** The pattern is its literal and nothing else. */
function isPlain({ literal, test }: CompiledPattern): boolean {
  return literal !== '' && !test(`${literal}x`) && !test(`x${literal}`) && test(literal);
}

function alternatives(value: YamlScalar, spec: FieldSpec, context: LeafContext): CompiledPattern[] {
  const written =
    typeof value.value === 'number' && value.text !== String(value.value) ? [String(value.value)] : [];
  const patterns = [value.text, ...written].flatMap((text) => patternsOf(text, spec));
  if (patterns.some(({ wildcards }) => wildcards > LIMITS.wildcards))
    throw new RuleProblem(value.line, `"${short(value.text)}" has more than ${LIMITS.wildcards} wildcards`);
  context.values -= patterns.length;
  if (context.values < 0) throw new RuleProblem(value.line, `has more than ${LIMITS.values} values`);
  return patterns;
}

/** Values with `%name%` replaced by what it stands for; other checks that hold for every value. */
function expand(spec: FieldSpec, values: readonly YamlScalar[], context: LeafContext): readonly YamlScalar[] {
  for (const { text, line } of values)
    if (text.length > LIMITS.valueChars)
      throw new RuleProblem(line, `has a value of more than ${LIMITS.valueChars} characters`);
  if (!spec.expand) return values;
  return values.flatMap((value) => {
    const name = /%([^%\s]+)%/.exec(value.text);
    if (!name) throw new RuleProblem(value.line, `"${short(value.text)}" has no %placeholder% to expand`);
    const known = Object.hasOwn(context.placeholders, name[1]!) ? context.placeholders[name[1]!]! : undefined;
    if (!known) throw new RuleProblem(value.line, `the placeholder ${name[0]} has no values here`);
    return known.map((each): YamlScalar => {
      const text = value.text.replace(name[0], () => each);
      return { ...value, value: text, text };
    });
  });
}

function equalsNumber(value: unknown, line: number): (number: number) => boolean {
  const wanted = Number(value);
  if (value === null || !Number.isFinite(wanted))
    throw new RuleProblem(line, `"${short(String(value))}" is no number`);
  return (number) => number === wanted;
}

const every = (tests: readonly ((view: View) => boolean)[]) => (view: View) =>
  tests.every((test) => test(view));
const some = (tests: readonly ((view: View) => boolean)[]) => (view: View) =>
  tests.some((test) => test(view));
