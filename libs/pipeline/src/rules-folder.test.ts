import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listRuleFiles, readRuleFiles } from './rule-files.ts';
import { RulesFolder, type RulesLoaded } from './rules-folder.ts';

const rule = (name: string, keyword = name) =>
  `title: ${name}\nname: ${name}\nlogsource: {product: linux}\ndetection: {k: [${keyword}], condition: k}\n`;

let root: string;
let dir: string;
let folder: RulesFolder | null = null;
let latest: RulesLoaded | null = null;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rules-folder-'));
  dir = join(root, 'own');
  await mkdir(dir);
});

afterEach(async () => {
  await folder?.stop();
  folder = null;
  latest = null;
  await rm(root, { recursive: true, force: true });
});

const put = (name: string, text: string) => writeFile(join(dir, name), text);

async function watch(disable: readonly string[] = []): Promise<RulesLoaded> {
  const source = { shippedDir: join(root, 'shipped'), dir, pollMs: 10, disable };
  folder = new RulesFolder(source, (loaded) => {
    latest = loaded;
  });
  latest = await folder.start();
  return latest;
}

const names = () => latest!.ruleSet.rules.filter(({ speaks }) => speaks).map((each) => each.rule);
const comes = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });

describe('RulesFolder', () => {
  it("loads what is shipped and the user's, folders in it too", async () => {
    await mkdir(join(root, 'shipped/ssh'), { recursive: true });
    await writeFile(join(root, 'shipped/ssh/a.yml'), rule('a'));
    await writeFile(join(root, 'shipped/README.md'), '# no rule');
    await put('b.yaml', rule('b'));
    expect((await watch()).problems).toEqual([]);
    expect(names()).toEqual(['a', 'b']);
  });

  it('takes a file that is added, changed and removed without a restart', async () => {
    await put('a.yml', rule('a'));
    await watch();
    await put('b.yml', rule('b'));
    await comes(() => expect(names()).toEqual(['a', 'b']));
    await put('b.yml', rule('c'));
    await comes(() => expect(names()).toEqual(['a', 'c']));
    await rm(join(dir, 'a.yml'));
    await comes(() => expect(names()).toEqual(['c']));
  });

  it('leaves the last good version of a broken file in force, and says what is wrong where', async () => {
    await put('a.yml', rule('a'));
    await put('b.yml', rule('b'));
    await watch();
    await put('a.yml', `${rule('a')}  broken: [\n`);
    await put('b.yml', rule('b2'));
    await comes(() => expect(names()).toEqual(['a', 'b2']));
    await comes(() => expect(latest!.problems).toHaveLength(1));
    expect(latest!.problems[0]).toMatchObject({ file: join(dir, 'a.yml') });
    expect(latest!.problems[0]!.line).toBeGreaterThan(1);
    expect(latest!.problems[0]!.reason).toContain('its last good version stays in force');
    await put('a.yml', rule('a3'));
    await comes(() => expect(names()).toEqual(['a3', 'b2']));
    expect(latest!.problems).toEqual([]);
  });

  it('starts with what holds where a file is broken from the beginning', async () => {
    await put('a.yml', rule('a'));
    await put('b.yml', 'title: [');
    expect((await watch()).problems).toMatchObject([{ file: join(dir, 'b.yml'), line: expect.any(Number) }]);
    expect(names()).toEqual(['a']);
  });

  it('names a folder that is not there, and loads it once it is', async () => {
    await rm(dir, { recursive: true });
    expect((await watch()).problems).toMatchObject([
      { file: dir, reason: expect.stringContaining('ENOENT') },
    ]);
    await mkdir(join(root, 'new'));
    await writeFile(join(root, 'new/a.yml'), rule('a'));
    await rename(join(root, 'new'), dir);
    await comes(() => expect(names()).toEqual(['a']));
    expect(latest!.problems).toEqual([]);
  });

  it('keeps disabled rules silent', async () => {
    await put('a.yml', rule('a'));
    await put('b.yml', rule('b'));
    await watch(['b']);
    expect(names()).toEqual(['a']);
  });

  it('is not harmed by links in a circle, other files and files too large', async () => {
    await symlink(dir, join(dir, 'self'));
    await symlink(join(dir, 'gone.yml'), join(dir, 'dangling.yml'));
    await put('huge.yml', `# ${'x'.repeat(5_000_000)}`);
    await put('.hidden.yml', rule('hidden'));
    await put('a.yml', rule('a'));
    expect((await watch()).problems).toMatchObject([
      { file: join(dir, 'huge.yml'), reason: expect.stringContaining('larger') },
    ]);
    expect(names()).toEqual(['a']);
    expect(await listRuleFiles(join(dir, 'a.yml'))).toEqual([join(dir, 'a.yml')]);
  });

  it('may be stopped twice', async () => {
    await watch();
    await folder!.stop();
    await folder!.stop();
  });
});

describe('what is no rule file', () => {
  it('is neither waited for nor read for ever: a pipe, a device, a file without an end', async () => {
    const pipe = join(dir, 'pipe.yml');
    execFileSync('mkfifo', [pipe]);
    const started = performance.now();
    const files = await readRuleFiles([pipe, '/dev/zero', dir]);
    expect(files.map((file) => ('unreadable' in file ? file.unreadable : 'read'))).toEqual([
      'is no regular file',
      'is no regular file',
      'is no regular file',
    ]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

it('says so when a folder holds more files than are looked at', async () => {
  for (let i = 0; i <= 10_000; i += 500)
    await Promise.all(Array.from({ length: 500 }, (_, j) => put(`f${i + j}.yml`, '')));
  const { problems } = await watch();
  expect(problems.find(({ file }) => file === dir)?.reason).toContain('those beyond are left out');
}, 30_000);
