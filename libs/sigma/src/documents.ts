import { LIMITS } from './limits.ts';
import { lineOf, type RuleMetadata, readMetadata } from './metadata.ts';
import { RuleProblem } from './problem.ts';
import { get, readYaml, type YamlMap } from './yaml-tree.ts';

export interface RuleFile {
  /** As the user knows it: results and messages name it. */
  readonly path: string;
  readonly text: string;
}

export type DocumentKind = 'rule' | 'correlation' | 'filter';

/** One document of a rule file: what it says of itself, its parts still as they are written. */
export interface RuleDocument {
  readonly kind: DocumentKind;
  readonly file: string;
  readonly line: number;
  readonly map: YamlMap;
  readonly metadata: RuleMetadata;
  /** Its place among the file's documents, from 0. */
  readonly ordinal: number;
}

/** What became of one document. */
export interface RuleResult {
  readonly file: string;
  /** 1-based: of the problem, or of the document. */
  readonly line: number;
  readonly id: string | null;
  readonly name: string | null;
  readonly title: string | null;
  readonly kind: DocumentKind;
  readonly ok: boolean;
  /** Why it does not load; empty when it does. */
  readonly reason: string;
}

/** All documents of all files, and a result for each that cannot be read. Never throws. */
export function readDocuments(files: readonly RuleFile[]): {
  documents: RuleDocument[];
  refused: RuleResult[];
} {
  const documents: RuleDocument[] = [];
  const refused: RuleResult[] = [];
  let chars = 0;
  for (const file of files) {
    chars += file.text.length;
    if (chars > LIMITS.totalChars) {
      refused.push(unread(file.path, 1, 'all rule files together are too large'));
      continue;
    }
    for (const [ordinal, document] of readYaml(file.text).entries()) {
      if ('problem' in document) {
        refused.push(unread(file.path, document.problem.line, document.problem.message));
      } else if (document.tree.kind !== 'map') {
        refused.push(
          unread(file.path, document.line, 'is no rule: expected a map with title, logsource and detection'),
        );
      } else if (documents.length >= LIMITS.rules) {
        refused.push(unread(file.path, document.line, `is beyond the first ${LIMITS.rules} rules`));
      } else {
        const read = readOne(file.path, ordinal, document.line, document.tree);
        if ('ok' in read) refused.push(read);
        else documents.push(read);
      }
    }
  }
  return { documents, refused };
}

function readOne(file: string, ordinal: number, line: number, map: YamlMap): RuleDocument | RuleResult {
  try {
    const kind = kindOf(map);
    return { kind, file, line, map, metadata: readMetadata(map), ordinal };
  } catch (problem) {
    if (!(problem instanceof RuleProblem)) throw problem;
    return { ...unread(file, problem.line, problem.message), ...namesOf(map) };
  }
}

function kindOf(map: YamlMap): DocumentKind {
  const kinds = (['correlation', 'filter', 'detection'] as const).filter(
    (key) => get(map, key) !== undefined,
  );
  if (kinds.length > 1)
    throw new RuleProblem(
      lineOf(map, kinds[0]!),
      `has both ${kinds[0]} and ${kinds[1]}; one document is one rule`,
    );
  if (get(map, 'action') !== undefined)
    throw new RuleProblem(lineOf(map, 'action'), 'uses `action`, which is Sigma 1; write each rule in full');
  if (kinds[0] === undefined)
    throw new RuleProblem(map.line, 'has neither detection, correlation nor filter');
  return kinds[0] === 'detection' ? 'rule' : kinds[0];
}

function unread(file: string, line: number, reason: string): RuleResult {
  return { file, line, id: null, name: null, title: null, kind: 'rule', ok: false, reason };
}

function namesOf(map: YamlMap): Pick<RuleResult, 'id' | 'name' | 'title'> {
  const text = (key: string) => {
    const node = get(map, key);
    return node?.kind === 'scalar' && node.value !== null ? node.text.slice(0, 256) : null;
  };
  return { id: text('id'), name: text('name'), title: text('title') };
}

export function resultOf(document: RuleDocument, problem: RuleProblem | null): RuleResult {
  const { id, name, title } = document.metadata;
  return {
    file: document.file,
    line: problem?.line ?? document.line,
    id,
    name,
    title,
    kind: document.kind,
    ok: problem === null,
    reason: problem?.message ?? '',
  };
}
