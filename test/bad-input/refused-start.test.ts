import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { answers } from '../../tools/harness/nadir-api.ts';
import { createPair } from '../../tools/harness/pair.ts';
import { runProgram } from '../../tools/harness/run-program.ts';
import { isRoot, NOBODY, Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

let scratch: Scratch;
afterEach(() => scratch.remove());

describe('a configuration that does not hold', () => {
  it.each([
    [
      'nadir',
      'serve',
      'http:\n  prot: 7070\n',
      /config\.yml:2:3: unknown key "prot" under "http"; did you mean "port"\?/,
    ],
    [
      'tom',
      'run',
      'spool:\n  max_sise: 1MiB\n',
      /config\.yml:2:3: unknown key "max_sise" under "spool"; did you mean "max_size"\?/,
    ],
    ['tom', 'check', 'probes: { interval: fast }\n', /config\.yml:1:21: /],
    ['nadir', 'check', 'store: influx://u:secret@host/db\n', /config\.yml:1:8: .*no password/],
  ] as const)(
    'is refused by %s %s with file, line and what would be right',
    async (app, command, yaml, words) => {
      scratch = new Scratch('refused');
      const config = join(scratch.dir, 'config.yml');
      writeFileSync(config, yaml);
      const { code, out, err } = await runProgram(app, [command, '--config', config]);
      expect(err).toMatch(words);
      expect(code).toBe(1);
      expect(out + err).not.toMatch(/u:secret@| at .*\.ts:\d/);
    },
  );
});

describe('a NADIR that cannot start', () => {
  it('names the port that another NADIR listens on, and the folder that it works in', async () => {
    scratch = new Scratch('refused');
    const pair = await createPair(scratch.dir, { paths: ['/nothing'] });
    scratch.owns(pair);
    pair.nadir.start();
    await until('NADIR to answer', () => answers(pair));
    const other = ['serve', '--port', `${pair.port}`];
    const port = await runProgram('nadir', other, { env: { NADIR_DATA_DIR: scratch.folder('other') } });
    expect(port).toMatchObject({ code: 1, err: expect.stringContaining('NADIR_PORT_IN_USE') });
    expect(port.err).toContain(`127.0.0.1:${pair.port}`);

    const second = await runProgram('nadir', ['serve', '--config', pair.nadirConfigFile, '--port', '0']);
    expect(second).toMatchObject({ code: 1, err: expect.stringContaining('NADIR_JOURNAL_LOCKED') });
    expect(second.err).toContain(`process ${pair.nadir.pid}`);
    expect(await answers(pair)).toBe(true);
  });

  it('names the folder that it may not write to', async () => {
    scratch = new Scratch('refused');
    const dir = join(scratch.dir, 'closed');
    mkdirSync(dir, { mode: isRoot ? 0o755 : 0o555 });
    const env = { NADIR_DATA_DIR: join(dir, 'data'), TOM_STATE_DIR: join(dir, 'data') };
    const as = isRoot ? NOBODY : null;
    const nadir = await runProgram('nadir', ['serve', '--port', '0'], { env, as });
    expect(nadir).toMatchObject({ code: 1, err: expect.stringContaining('NADIR_DATA_DIR_NOT_WRITABLE') });
    expect(nadir.err).toContain(join(dir, 'data'));
    const tomEnv = { ...env, TOM_NADIR_TOKEN: 'a-token-for-loopback-only' };
    const tom = await runProgram('tom', ['run'], { env: tomEnv, as });
    expect(tom).toMatchObject({ code: 1, err: expect.stringContaining('TOM_STATE_DIR_NOT_WRITABLE') });
    expect(tom.err).toContain(join(dir, 'data'));
  });
});
