import { type LeafContext, leafOf } from './leaves.ts';
import { parseField } from './modifiers.ts';
import type { Node } from './node.ts';
import { RuleProblem } from './problem.ts';
import type { YamlMap, YamlNode, YamlScalar } from './yaml-tree.ts';

/**
 * A search identifier's definition: a map (all of its keys hold), a list of maps (one of them holds), or a list of
 * keywords (one of them stands in the line). @throws RuleProblem
 */
export function searchOf(node: YamlNode, context: LeafContext): Node {
  switch (node.kind) {
    case 'map':
      return mapOf(node, context);
    case 'scalar':
      return leafOf(parseField('', node.line), [notNull(node)], context);
    case 'list': {
      if (node.items.length === 0) throw new RuleProblem(node.line, 'has an empty list');
      const keywords = node.items.filter((item) => item.kind === 'scalar');
      const rest = node.items.filter((item) => item.kind !== 'scalar');
      const children = rest.map((item) => searchOf(item, context));
      if (keywords.length > 0)
        children.unshift(leafOf(parseField('', node.line), keywords.map(notNull), context));
      return children.length === 1 ? children[0]! : { kind: 'or', children };
    }
  }
}

function mapOf(map: YamlMap, context: LeafContext): Node {
  if (map.entries.length === 0) throw new RuleProblem(map.line, 'has an empty map');
  const children = map.entries.map(({ key, line, value }) => {
    const spec = parseField(key, line);
    if (value.kind === 'scalar') return leafOf(spec, [value], context);
    if (value.kind === 'map')
      throw new RuleProblem(value.line, `"${key}" has a map where a value or a list belongs`);
    if (value.items.length === 0) throw new RuleProblem(value.line, `"${key}" has an empty list`);
    const values = value.items.map((item) => {
      if (item.kind !== 'scalar')
        throw new RuleProblem(item.line, `"${key}" has a ${item.kind} among its values`);
      return item;
    });
    return leafOf(spec, values, context);
  });
  return children.length === 1 ? children[0]! : { kind: 'and', children };
}

function notNull(scalar: YamlScalar): YamlScalar {
  if (scalar.value === null || scalar.text === '') throw new RuleProblem(scalar.line, 'has an empty keyword');
  return scalar;
}
