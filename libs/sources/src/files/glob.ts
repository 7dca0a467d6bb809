import { lstat, readdir } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path';

/** A glob, expanded and split: what a pattern such as `/var/log/{a,b}/*.log` means for a walk. */
export interface GlobPattern {
  /** As configured. */
  readonly pattern: string;
  /** Longest leading directory without a wildcard. */
  readonly base: string;
  /** Components after the base; `**` stands for any number of directories. */
  readonly parts: readonly string[];
}

/** Directories that `**` descends, at most: a log tree deeper than this is a loop or a mistake. */
export const GLOBSTAR_DEPTH = 8;
const EXPANSION_LIMIT = 1_000;
const MAGIC = /[*?[\]!+@()]/;

/** Splits a pattern, braces expanded; absolute paths only. Throws on a relative one. */
export function parseGlob(pattern: string): readonly GlobPattern[] {
  return expandBraces(pattern).map((expanded) => {
    if (!expanded.startsWith('/')) throw new TypeError(`glob must be an absolute path: ${pattern}`);
    const parts = expanded.split('/').filter((part) => part !== '');
    const firstMagic = parts.findIndex((part) => MAGIC.test(part));
    const cut = firstMagic === -1 ? Math.max(0, parts.length - 1) : firstMagic;
    return { pattern, base: `/${parts.slice(0, cut).join('/')}`, parts: parts.slice(cut) };
  });
}

/** How many levels below its base a pattern can match: the bound for a watch. */
export function globDepth(glob: GlobPattern): number {
  return glob.parts.includes('**') ? GLOBSTAR_DEPTH : Math.max(0, glob.parts.length - 1);
}

/** Paths of everything that exists and matches (files and directories), in order, without duplicates. Unreadable directories match nothing. */
export async function expandGlob(glob: GlobPattern, root: string): Promise<readonly string[]> {
  let level = [glob.base];
  for (const part of glob.parts) {
    const next = new Set<string>();
    for (const dir of level) for (const path of await step(dir, part, root)) next.add(path);
    level = [...next];
  }
  return level;
}

async function step(dir: string, part: string, root: string): Promise<readonly string[]> {
  if (part === '**') return directoriesBelow(dir, root, GLOBSTAR_DEPTH);
  if (!MAGIC.test(part)) {
    const path = join(dir, part);
    return (await lstat(join(root, path)).catch(() => null)) ? [path] : [];
  }
  const names = await readdir(join(root, dir)).catch(() => []);
  return names
    .filter((name) => matchesGlob(name, part))
    .sort()
    .map((name) => join(dir, name));
}

async function directoriesBelow(dir: string, root: string, depth: number): Promise<readonly string[]> {
  const found = [dir];
  if (depth === 0) return found;
  const entries = await readdir(join(root, dir), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.isDirectory() && !entry.name.startsWith('.')) {
      found.push(...(await directoriesBelow(join(dir, entry.name), root, depth - 1)));
    }
  }
  return found;
}

function expandBraces(pattern: string): readonly string[] {
  const done: string[] = [];
  const open = [pattern];
  while (open.length > 0) {
    const text = open.pop()!;
    const brace = /\{([^{}]*,[^{}]*)\}/.exec(text);
    if (brace === null) done.push(text);
    else {
      const [whole, inner] = [brace[0], brace[1]!];
      const after = text.slice(brace.index + whole.length);
      for (const choice of inner.split(',').reverse()) open.push(text.slice(0, brace.index) + choice + after);
    }
    if (open.length + done.length > EXPANSION_LIMIT)
      throw new RangeError(`too many braces in glob: ${pattern}`);
  }
  return done;
}
