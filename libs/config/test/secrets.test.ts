import { describe, expect, it } from 'vitest';
import { load, problemsOf } from './example-config.ts';

describe('secret files', () => {
  it('are read for keys of the file, relative to it, without the line end', async () => {
    const { config, sources } = await load({
      yaml: 'token_file: secrets/token\nagents:\n  - name: a\n    token_file: /abs/a\n',
      files: { [`${process.cwd()}/dir/secrets/token`]: 'long-enough\r\n', '/abs/a': 'two\n\n' },
    }).catch((error) => Promise.reject(new Error(error.message)));
    expect(config.token).toBe('long-enough');
    expect(config.agents[0]?.token).toBe('two\n');
    expect(sources.get('agents[0].token')).toMatchObject({ kind: 'secret-file', path: '/abs/a' });
  });

  it('are read for variables', async () => {
    const { config } = await load({
      env: { EX_TOKEN_FILE: '/run/secrets/token', EX_STORE__PASSWORD_FILE: '/p' },
      files: { '/run/secrets/token': { text: 'long-enough\n', mode: 0o444 }, '/p': 'pw' },
    });
    expect([config.token, config.store.password]).toEqual(['long-enough', 'pw']);
  });

  it('lose against the secret itself from a stronger source, and win against a weaker one', async () => {
    const files = { '/f': 'from-file' };
    const strong = await load({ yaml: 'token_file: /f\n', env: { EX_TOKEN: 'from-variable' }, files });
    const weak = await load({ yaml: 'token: from-yaml\n', env: { EX_TOKEN_FILE: '/f' }, files });
    expect([strong.config.token, weak.config.token]).toEqual(['from-variable', 'from-file']);
  });

  it('are refused beside the secret itself in one source', async () => {
    const message = await problemsOf({ yaml: 'token: long-enough\ntoken_file: /f\n', files: { '/f': 'x' } });
    expect(message).toBe('dir/ex.yml:2:13: token and token_file are both set (dir/ex.yml:1:8); keep one');
  });

  it.each([
    ['missing', '/none', 'cannot read /none: no such file'],
    ['empty', '/empty', '/empty is empty'],
    ['too large', '/large', 'cannot read /large: it is larger than 65536 bytes'],
  ])('are refused when %s, once and without "is missing"', async (_name, path, reason) => {
    const files = { '/empty': '\n', '/large': 'x'.repeat(65_537) };
    const message = await problemsOf({ yaml: `agents:\n  - name: a\n    token_file: ${path}\n`, files });
    expect(message).toBe(`dir/ex.yml:3:17: agents[0].token_file: ${reason}`);
  });

  it('must be named by a text', async () => {
    expect(await problemsOf({ yaml: 'token_file: [a]\n' })).toContain('expected the path of a file');
  });

  it('that are too short are refused like the secret itself, without showing it', async () => {
    const message = await problemsOf({ yaml: 'token_file: /f\n', files: { '/f': 'short' } });
    expect(message).toBe('/f: token: found a string (not shown), expected a secret of at least 8 characters');
  });

  it('exist for secrets alone', async () => {
    expect(await problemsOf({ yaml: 'rate_file: /f\n' })).toContain('unknown key "rate_file"');
  });
});

describe('warnings', () => {
  it('tell of a secret file that every account may read, but for those that Docker mounts', async () => {
    const { warnings } = await load({
      env: { EX_TOKEN_FILE: '/t', EX_STORE_PASSWORD_FILE: '/run/secrets/p' },
      files: { '/t': { text: 'long-enough', mode: 0o644 }, '/run/secrets/p': { text: 'x', mode: 0o444 } },
    });
    expect(warnings).toEqual(['/t holds a secret and every account may read it; chmod 600 /t']);
  });

  it('tell of secrets written into a file that others may read', async () => {
    const yaml = 'token: long-enough\nagents: [{name: a, token: b}]\n';
    expect((await load({ yaml, mode: 0o600 })).warnings).toEqual([]);
    expect((await load({ yaml, mode: 0o640 })).warnings).toEqual([
      'dir/ex.yml holds secrets (token, agents[0].token) and other accounts may read it; chmod 600 dir/ex.yml',
    ]);
    expect((await load({ yaml: 'rate: 3\n', mode: 0o644 })).warnings).toEqual([]);
  });
});
