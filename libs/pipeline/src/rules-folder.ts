import { stat } from 'node:fs/promises';
import { type LoadOptions, loadRules, type RuleFile, type RuleSet } from '@suite/sigma';
import { listRuleFiles, MOST_FILES, type ReadRuleFile, readRuleFiles } from './rule-files.ts';

/** Where rules come from. */
export interface RulesSource extends LoadOptions {
  /** Folder of the rules that are shipped; read at the start. Null where there is none. */
  readonly shippedDir: string | null;
  /** The user's folder; watched. Null where there is none. */
  readonly dir: string | null;
  /** How often the user's folder is looked at; 2 seconds when left out. */
  readonly pollMs?: number;
}

/** What does not hold, with the file and the line. */
export interface RulesProblem {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

export interface RulesLoaded {
  readonly ruleSet: RuleSet;
  readonly problems: readonly RulesProblem[];
}

const POLL_MS = 2_000;
/** Looking takes this share of the time at most: a folder may be huge, or far away. */
const LOOK_SHARE = 0.05;

/**
 * The rules in force. The user's folder is looked at every two seconds (a network mount tells of no change): a changed,
 * added or removed file is live then. A file that no longer holds leaves the last version of it that did in force,
 * until it holds again or is removed; that memory ends with the process.
 */
export class RulesFolder {
  readonly #source: RulesSource;
  readonly #onChange: (loaded: RulesLoaded) => void;
  readonly #good = new Map<string, string>();
  #shipped: readonly ReadRuleFile[] = [];
  #seen = '';
  #lookMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;

  /** @param onChange called with what holds after each change. */
  constructor(source: RulesSource, onChange: (loaded: RulesLoaded) => void) {
    this.#source = source;
    this.#onChange = onChange;
  }

  /** Loads all rules, then watches. Never throws: what cannot be read is a problem. */
  async start(): Promise<RulesLoaded> {
    const { shippedDir, dir } = this.#source;
    if (shippedDir !== null)
      this.#shipped = await readRuleFiles(await listRuleFiles(shippedDir).catch(() => []));
    this.#seen = await this.#fingerprint();
    const loaded = await this.#load();
    if (dir !== null) this.#wait();
    return loaded;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
  }

  #wait(): void {
    if (this.#stopped) return;
    const pollMs = Math.max(this.#source.pollMs ?? POLL_MS, this.#lookMs / LOOK_SHARE);
    this.#timer = setTimeout(() => {
      const began = performance.now();
      this.#looking = this.#look().finally(() => {
        this.#lookMs = performance.now() - began;
        this.#wait();
      });
    }, pollMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const seen = await this.#fingerprint();
    if (seen === this.#seen || this.#stopped) return;
    this.#seen = seen;
    const loaded = await this.#load();
    if (!this.#stopped) this.#onChange(loaded);
  }

  /** Of everything in the user's folder that a change would change. */
  async #fingerprint(): Promise<string> {
    const { dir } = this.#source;
    if (dir === null) return '';
    try {
      const paths = await listRuleFiles(dir);
      const stats = await Promise.all(paths.map((path) => stat(path, { bigint: true }).catch(() => null)));
      return paths
        .map(
          (path, i) =>
            `${path}\0${stats[i]?.ino}\0${stats[i]?.mtimeNs}\0${stats[i]?.ctimeNs}\0${stats[i]?.size}`,
        )
        .join('\n');
    } catch (error) {
      return `unreadable: ${String(error)}`;
    }
  }

  async #load(): Promise<RulesLoaded> {
    const { dir } = this.#source;
    const problems: RulesProblem[] = [];
    const own = dir === null ? [] : await this.#readOwn(dir, problems);
    const all = [...this.#shipped, ...own];
    for (const file of all)
      if ('unreadable' in file) problems.push({ file: file.path, line: 1, reason: file.unreadable });
    const files = all.filter((file) => 'text' in file);
    const first = loadRules(files, this.#source);
    const broken = new Set<string>();
    for (const { file, line, ok, reason } of first.results) {
      if (ok) continue;
      broken.add(file);
      problems.push({
        file,
        line,
        reason: `${reason}${this.#canReplace(file, files) ? '; its last good version stays in force' : ''}`,
      });
    }
    for (const file of own) if ('unreadable' in file) broken.add(file.path);
    const kept = all.flatMap((file): RuleFile[] => {
      const good = broken.has(file.path) ? this.#good.get(file.path) : undefined;
      if (good !== undefined) return [{ path: file.path, text: good }];
      return 'text' in file ? [file] : [];
    });
    for (const file of files) if (!broken.has(file.path)) this.#good.set(file.path, file.text);
    const there = new Set(all.map(({ path }) => path));
    for (const path of this.#good.keys()) if (!there.has(path)) this.#good.delete(path);
    const same = kept.length === files.length && kept.every((file, i) => file.text === files[i]!.text);
    return { ruleSet: same ? first.ruleSet : loadRules(kept, this.#source).ruleSet, problems };
  }

  async #readOwn(dir: string, problems: RulesProblem[]): Promise<ReadRuleFile[]> {
    try {
      const paths = await listRuleFiles(dir);
      if (paths.length >= MOST_FILES) {
        const reason = `it holds ${MOST_FILES} rule files or more; those beyond are left out`;
        problems.push({ file: dir, line: 1, reason });
      }
      return await readRuleFiles(paths);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      problems.push({ file: dir, line: 1, reason: `the folder of rules cannot be read (${code})` });
      return [];
    }
  }

  #canReplace(path: string, files: readonly RuleFile[]): boolean {
    const good = this.#good.get(path);
    return good !== undefined && files.some((file) => file.path === path && file.text !== good);
  }
}
