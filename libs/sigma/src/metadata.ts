import type { Level } from '@suite/event';
import type { LogsourceNames } from './logsources.ts';
import { didYouMean, RuleProblem } from './problem.ts';
import { get, type YamlMap, type YamlNode } from './yaml-tree.ts';

/** What a rule says of itself, whatever it looks for. */
export interface RuleMetadata {
  readonly title: string;
  readonly id: string | null;
  readonly name: string | null;
  readonly description: string;
  readonly level: Level;
  /** MITRE ATT&CK ids, from tags: `T1110.001`. */
  readonly techniques: readonly string[];
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  /** Ours: what to do when it speaks. */
  readonly response: string;
  /** Ours: it speaks also of addresses that the operator has on the allow-list. */
  readonly evenIfAllowed: boolean;
  /** Ours: lines that it must match and must not. */
  readonly tests: RuleTests;
}

export interface RuleTests {
  readonly match: readonly RuleTest[];
  readonly ignore: readonly RuleTest[];
}

export interface RuleTest {
  readonly name: string;
  readonly log: string;
  readonly path?: string;
  readonly format?: string;
}

const LEVELS: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical'];
const STATUS = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];

/** @throws RuleProblem */
export function readMetadata(map: YamlMap): RuleMetadata {
  const title = textOf(map, 'title');
  if (title === undefined || title.trim() === '') throw new RuleProblem(map.line, 'has no title');
  const status = textOf(map, 'status');
  if (status !== undefined && !STATUS.includes(status))
    throw new RuleProblem(
      lineOf(map, 'status'),
      `has the status "${status}"; expected one of ${STATUS.join(', ')}`,
    );
  const tags = textsOf(map, 'tags');
  return {
    title: oneLine(title).slice(0, 256),
    id: textOf(map, 'id') ?? null,
    name: nameOf(map),
    description: oneLine(textOf(map, 'description') ?? ''),
    level: levelOf(map),
    techniques: techniquesOf(tags),
    tags,
    falsePositives: textsOf(map, 'falsepositives').map(oneLine),
    response: oneLine(textOf(map, 'response') ?? ''),
    evenIfAllowed: flagOf(map, 'even_if_allowed'),
    tests: readTests(get(map, 'tests')),
  };
}

export function readLogsource(map: YamlMap): { readonly names: LogsourceNames; readonly line: number } {
  const node = get(map, 'logsource');
  if (node === undefined) throw new RuleProblem(map.line, 'has no logsource');
  if (node.kind !== 'map') throw new RuleProblem(node.line, 'logsource is no map');
  return {
    names: {
      product: textOf(node, 'product'),
      category: textOf(node, 'category'),
      service: textOf(node, 'service'),
    },
    line: node.line,
  };
}

function nameOf(map: YamlMap): string | null {
  const name = textOf(map, 'name');
  if (name === undefined) return null;
  if (!/^[\w.-]{1,128}$/.test(name))
    throw new RuleProblem(
      lineOf(map, 'name'),
      'has a name with other characters than letters, digits, _, - and dots',
    );
  return name;
}

function levelOf(map: YamlMap): Level {
  const text = textOf(map, 'level');
  if (text === undefined) return 'medium';
  const level = LEVELS.find((known) => known === text.toLowerCase());
  if (level) return level;
  throw new RuleProblem(
    lineOf(map, 'level'),
    `has the level "${text}"${didYouMean(text, LEVELS) || `; expected one of ${LEVELS.join(', ')}`}`,
  );
}

/** `attack.t1059.004` → `T1059.004`. */
function techniquesOf(tags: readonly string[]): string[] {
  const ids = tags.map((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag)?.[1]?.toUpperCase());
  return [...new Set(ids.filter((id) => id !== undefined))];
}

function readTests(node: YamlNode | undefined): RuleTests {
  if (node === undefined) return { match: [], ignore: [] };
  if (node.kind !== 'map') throw new RuleProblem(node.line, 'tests is no map of match and ignore');
  for (const { key, line } of node.entries)
    if (key !== 'match' && key !== 'ignore')
      throw new RuleProblem(line, `tests has "${key}"; expected match and ignore`);
  return { match: testList(get(node, 'match')), ignore: testList(get(node, 'ignore')) };
}

function testList(node: YamlNode | undefined): RuleTest[] {
  if (node === undefined) return [];
  if (node.kind !== 'list') throw new RuleProblem(node.line, 'tests are a list');
  return node.items.map((item, index): RuleTest => {
    if (item.kind === 'scalar') return { name: `test ${index + 1}`, log: item.text };
    if (item.kind === 'list')
      throw new RuleProblem(item.line, 'a test is text or a map of name, log, path and format');
    const known = ['name', 'log', 'path', 'format'];
    for (const { key, line } of item.entries)
      if (!known.includes(key)) throw new RuleProblem(line, `a test has "${key}"${didYouMean(key, known)}`);
    const log = textOf(item, 'log');
    if (!log) throw new RuleProblem(item.line, 'a test has no log');
    const path = textOf(item, 'path');
    const format = textOf(item, 'format');
    return {
      name: textOf(item, 'name') ?? `test ${index + 1}`,
      log,
      ...(path ? { path } : {}),
      ...(format ? { format } : {}),
    };
  });
}

/** Text under a key; undefined where there is none. @throws RuleProblem when it is a list or a map */
export function textOf(map: YamlMap, key: string): string | undefined {
  const node = get(map, key);
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return undefined;
  if (node.kind !== 'scalar') throw new RuleProblem(node.line, `${key} is a ${node.kind}; expected text`);
  return node.text;
}

/** A list of texts, or one text, under a key. */
export function textsOf(map: YamlMap, key: string): string[] {
  const node = get(map, key);
  if (node === undefined) return [];
  if (node.kind === 'scalar') return node.value === null ? [] : [node.text];
  if (node.kind === 'map') throw new RuleProblem(node.line, `${key} is a map; expected a list`);
  return node.items.map((item) => {
    if (item.kind !== 'scalar')
      throw new RuleProblem(item.line, `${key} has a ${item.kind} in it; expected text`);
    return item.text;
  });
}

export function flagOf(map: YamlMap, key: string): boolean {
  const node = get(map, key);
  if (node === undefined) return false;
  if (node.kind !== 'scalar' || typeof node.value !== 'boolean')
    throw new RuleProblem(node.line, `${key} is true or false`);
  return node.value;
}

export function lineOf(map: YamlMap, key: string): number {
  return map.entries.find((entry) => entry.key === key)?.line ?? map.line;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
