import type { CompoundCommand, Node, Pipeline } from '../shell/ast.ts';

/** A function that pipes itself into itself: `f() { f | f & }`. */
export function isForkBomb({ name, bodies }: CompoundCommand): boolean {
  const calls = (node: Node): boolean =>
    node.kind === 'simple' &&
    node.words[0]?.parts[0]?.kind === 'text' &&
    node.words[0].parts[0].text === name;
  return bodies.some((body) =>
    body.pipelines.flatMap(inner).some(({ stages }) => stages.length > 1 && stages.filter(calls).length > 1),
  );
}

function inner(pipeline: Pipeline): readonly Pipeline[] {
  const [only] = pipeline.stages;
  if (pipeline.stages.length !== 1 || only === undefined || only.kind === 'simple') return [pipeline];
  return only.bodies.flatMap(({ pipelines }) => pipelines);
}
