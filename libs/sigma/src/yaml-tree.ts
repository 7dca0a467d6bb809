import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
} from 'yaml';
import { LIMITS } from './limits.ts';
import { RuleProblem } from './problem.ts';

/** A value of a YAML document with the line where it stands. */
export type YamlNode = YamlMap | YamlList | YamlScalar;

export interface YamlMap {
  readonly kind: 'map';
  readonly line: number;
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  readonly line: number;
  readonly value: YamlNode;
}

export interface YamlList {
  readonly kind: 'list';
  readonly line: number;
  readonly items: readonly YamlNode[];
}

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly line: number;
  readonly value: string | number | boolean | null;
  /** As it is written, without quotes: `007` where `value` is 7. */
  readonly text: string;
}

/** One document of a file: its tree, or why it has none. */
export type YamlDocument =
  | { readonly line: number; readonly tree: YamlNode }
  | { readonly line: number; readonly problem: RuleProblem };

/** Reads a file of one or more YAML documents. Never throws; time and memory are bounded by `LIMITS`. */
export function readYaml(text: string): readonly YamlDocument[] {
  const refused = refuse(text);
  if (refused) return [{ line: refused.line, problem: refused }];
  try {
    const lines = new LineCounter();
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      version: '1.2',
      schema: 'core',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    if (!Array.isArray(documents)) return [];
    return (documents as Document.Parsed[]).flatMap((document) => readDocument(document, lines));
  } catch (error) {
    // Nesting that fits in the bounds below and still exhausts the parser's stack.
    const message = error instanceof RangeError ? 'is nested too deep to read' : 'cannot be read as YAML';
    return [{ line: 1, problem: new RuleProblem(1, message) }];
  }
}

/** Bounds that hold before the parser sees anything: it takes quadratic time and deep stacks on some texts. */
function refuse(text: string): RuleProblem | null {
  if (text.length > LIMITS.fileChars)
    return new RuleProblem(1, `is larger than ${LIMITS.fileChars / 1_048_576} MiB`);
  let line = 1;
  let open = 0;
  let documents = 1;
  let lineStart = 0;
  for (let i = 0; i <= text.length; i++) {
    const char = i === text.length ? 10 : text.charCodeAt(i);
    if (char === 91 || char === 123) open += 1;
    else if (char === 93 || char === 125) open = Math.max(0, open - 1);
    else if (char === 10) {
      const head = text.slice(lineStart, Math.min(i, lineStart + 512));
      if (head.startsWith('---')) {
        documents += 1;
        open = 0;
      }
      // `- - - -` and `? ? ?` nest without indentation.
      const markers = /^[ \t]*(?:[-?][ \t]+){8,}/.exec(head);
      const indent = /^ {257}/.test(head);
      if (markers || indent) return new RuleProblem(line, 'is nested too deep');
      line += 1;
      lineStart = i + 1;
    }
    // Brackets in text (regular expressions) count too and are closed again, mostly.
    if (open > 256) return new RuleProblem(line, 'has too many open brackets');
  }
  if (documents > LIMITS.documents)
    return new RuleProblem(line, `has more than ${LIMITS.documents} documents`);
  return null;
}

function readDocument(document: Document.Parsed, lines: LineCounter): YamlDocument[] {
  const lineOf = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const first = lineOf(document.contents?.range?.[0] ?? document.range[0]);
  const error = document.errors[0];
  if (error) {
    const line = lineOf(error.pos[0]);
    return [{ line, problem: new RuleProblem(line, `is no valid YAML: ${error.message.split('\n', 1)[0]}`) }];
  }
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    return [];
  try {
    const walk = new Walk(document, lineOf);
    return [{ line: first, tree: walk.node(document.contents, 0, first) }];
  } catch (problem) {
    if (problem instanceof RuleProblem) return [{ line: problem.line, problem }];
    throw problem;
  }
}

class Walk {
  readonly #document: Document.Parsed;
  readonly #lineOf: (offset: number) => number;
  #nodes = 0;

  constructor(document: Document.Parsed, lineOf: (offset: number) => number) {
    this.#document = document;
    this.#lineOf = lineOf;
  }

  node(node: Node | null, depth: number, above: number): YamlNode {
    const line = node?.range ? this.#lineOf(node.range[0]) : above;
    if (++this.#nodes > LIMITS.nodes) throw new RuleProblem(line, `has more than ${LIMITS.nodes} values`);
    if (depth > LIMITS.depth) throw new RuleProblem(line, `is nested deeper than ${LIMITS.depth}`);
    if (node === null) return { kind: 'scalar', line, value: null, text: '' };
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      if (!target) throw new RuleProblem(line, `the alias *${node.source} names nothing`);
      return this.node(target as Node, depth + 1, line);
    }
    if (isMap(node)) return this.#map(node.items, line, depth);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.node(item as Node | null, depth + 1, line));
      return { kind: 'list', line, items };
    }
    if (!isScalar(node))
      throw new RuleProblem(line, 'has a value that is neither text, number, list nor map');
    const { value } = node;
    const text = node.source ?? String(value);
    if (value === null || typeof value === 'boolean' || typeof value === 'number')
      return { kind: 'scalar', line, value, text };
    return { kind: 'scalar', line, value: String(value), text: String(value) };
  }

  #map(items: readonly unknown[], line: number, depth: number): YamlMap {
    const entries: YamlEntry[] = [];
    const seen = new Set<string>();
    for (const item of items as { key: Node | null; value: Node | null }[]) {
      const key = this.node(item.key, depth + 1, line);
      if (key.kind !== 'scalar') throw new RuleProblem(key.line, 'a key must be a plain word');
      if (seen.has(key.text)) throw new RuleProblem(key.line, `has "${key.text}" twice in one map`);
      seen.add(key.text);
      entries.push({ key: key.text, line: key.line, value: this.node(item.value, depth + 1, key.line) });
    }
    return { kind: 'map', line, entries };
  }
}

/** The value under a key of a map, or undefined. */
export function get(map: YamlMap, key: string): YamlNode | undefined {
  return map.entries.find((entry) => entry.key === key)?.value;
}
