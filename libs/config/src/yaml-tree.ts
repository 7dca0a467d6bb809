import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { formatKeyPath, type KeyPath } from './key-path.ts';
import type { ConfigProblem } from './problem.ts';
import { formatPlace, type Source } from './source.ts';

/** Nodes after all aliases are followed: an alias bomb ends here. */
const MAX_NODES = 20_000;
const MAX_DEPTH = 32;
/** After one broken line the rest is often noise. */
const MAX_SYNTAX_PROBLEMS = 20;

/** Plain values of a YAML file, and where each stands. */
export interface YamlTree {
  /** Mappings without a prototype, arrays and scalars; an empty mapping for an empty file. */
  readonly value: unknown;
  /** By key path: where the key stands (for an item: the item) and where the value does. */
  readonly places: ReadonlyMap<string, Place>;
}

export interface Place {
  readonly key: Source;
  readonly value: Source;
}

/** Reads YAML 1.2; on any problem the list says all that the parser found and the value is of no use. */
export function parseYamlTree(
  text: string,
  file: string,
): { readonly tree: YamlTree } | { readonly problems: readonly ConfigProblem[] } {
  const lines = new LineCounter();
  const at = (offset: number): Source => {
    const { line, col } = lines.linePos(offset);
    return { kind: 'file', file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  let document: Document.Parsed;
  try {
    document = parseDocument(text.replace(/^\uFEFF/, ''), {
      lineCounter: lines,
      prettyErrors: false,
      version: '1.2',
      stringKeys: true,
      // The parser's own check takes time by the square of the number of keys.
      uniqueKeys: false,
    });
  } catch {
    return { problems: [{ source: at(0), keyPath: '', message: 'the file is nested too deeply' }] };
  }
  const broken = [...document.errors, ...document.warnings];
  if (broken.some(({ message }) => /call stack|regular expression/i.test(message))) {
    return { problems: [{ source: at(0), keyPath: '', message: 'the file is nested too deeply' }] };
  }
  if (broken.length > 0) {
    return { problems: broken.slice(0, MAX_SYNTAX_PROBLEMS).map((error) => syntaxProblem(error, at)) };
  }
  const walk = createWalk(document, at);
  const value = document.contents ? walk.node(document.contents as Node, [], 0) : null;
  if (walk.problems.length > 0) return { problems: walk.problems };
  return { tree: { value: value === null ? Object.create(null) : value, places: walk.places } };
}

function createWalk(document: Document.Parsed, at: (offset: number) => Source) {
  const places = new Map<string, Place>();
  const problems: ConfigProblem[] = [];
  let nodes = 0;

  function refuse(source: Source, path: KeyPath, message: string): null {
    if (problems.length === 0) problems.push({ source, keyPath: formatKeyPath(path), message });
    return null;
  }

  function node(current: Node | null, path: KeyPath, depth: number): unknown {
    if (!current || problems.length > 0) return null;
    const source = at(current.range?.[0] ?? 0);
    nodes++;
    if (nodes > MAX_NODES)
      return refuse(source, path, `more than ${MAX_NODES} values once aliases are followed`);
    if (depth > MAX_DEPTH) return refuse(source, path, `nested more than ${MAX_DEPTH} levels deep`);
    if (isAlias(current)) {
      const target = current.resolve(document);
      return target
        ? node(target, path, depth + 1)
        : refuse(source, path, `unknown alias *${current.source}`);
    }
    if (isMap(current)) return mapping(current.items as MapItem[], path, depth);
    if (isSeq(current)) return sequence(current.items as Node[], path, depth);
    return isScalar(current) ? current.value : null;
  }

  function mapping(items: readonly MapItem[], path: KeyPath, depth: number): unknown {
    const result: Record<string, unknown> = Object.create(null);
    for (const { key, value } of items) {
      const name = isScalar(key) ? String(key.value) : '';
      const child = [...path, name];
      const keySource = at(key.range?.[0] ?? 0);
      // zod passes over this key in silence, so it is refused here.
      if (name === '__proto__') return refuse(keySource, child, 'unknown key "__proto__"');
      if (Object.hasOwn(result, name)) {
        const first = places.get(formatKeyPath(child))!.key;
        return refuse(
          keySource,
          child,
          `key ${JSON.stringify(name)} stands twice (first at ${formatPlace(first)}); keep one`,
        );
      }
      const valueSource = value?.range ? at(value.range[0]) : keySource;
      places.set(formatKeyPath(child), { key: keySource, value: valueSource });
      result[name] = node(value, child, depth + 1);
    }
    return result;
  }

  function sequence(items: readonly Node[], path: KeyPath, depth: number): unknown[] {
    return items.map((item, index) => {
      const child = [...path, index];
      const source = at(item?.range?.[0] ?? 0);
      places.set(formatKeyPath(child), { key: source, value: source });
      return node(item, child, depth + 1);
    });
  }

  return { node, places, problems };
}

interface MapItem {
  readonly key: Node;
  readonly value: Node | null;
}

function syntaxProblem(error: YAMLError, at: (offset: number) => Source): ConfigProblem {
  const source = at(error.pos[0]);
  return {
    source,
    keyPath: '',
    message: SYNTAX[error.code] ?? `not valid YAML: ${lowerFirst(error.message)}`,
  };
}

const SYNTAX: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  TAB_AS_INDENT: 'a tab indents this line; YAML wants spaces',
  MULTIPLE_DOCS: 'the file holds more than one document (`---`); keep one',
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
