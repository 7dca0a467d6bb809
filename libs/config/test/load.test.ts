import { describe, expect, it } from 'vitest';
import { load, problemsOf } from './example-config.ts';

describe('strength of sources', () => {
  it('fills in defaults when nothing is given', async () => {
    const { config, sources } = await load({});
    expect(config.http).toEqual({ host: '127.0.0.1', port: 7070 });
    expect(config.store.retention).toEqual({ age: 2_592_000_000, size: 10_737_418_240 });
    expect(sources.size).toBe(0);
  });

  it('lets the file win over defaults, variables over the file, flags over variables', async () => {
    const yaml = 'http:\n  port: 1\nrate: 2\n';
    const { config, sources } = await load({
      yaml,
      env: { EX_HTTP_PORT: '3', EX_RATE: '4' },
      flags: { '--rate': { path: ['rate'], text: '6' } },
    });
    expect(config.http.port).toBe(3);
    expect(config.rate).toBe(6);
    expect(sources.get('http.port')).toEqual({ kind: 'env', name: 'EX_HTTP_PORT' });
    expect(sources.get('rate')).toEqual({ kind: 'flag', name: '--rate' });
  });
});

describe('variables', () => {
  it('reads every kind of value', async () => {
    const { config } = await load({
      env: {
        EX_LABELS: 'a, b',
        EX_ALLOW: '[10.0.0.0/8, ::1]',
        EX_MODE: 'true',
        EX_STORE_RETENTION_AGE: '1h',
        EX_AGENTS: '[{name: n, token: tttt}]',
        EX_LISTEN: '[::1]:9',
      },
    });
    expect(config.labels).toEqual(['a', 'b']);
    expect(config.allow).toEqual(['10.0.0.0/8', '::1']);
    expect(config.mode).toBe(true);
    expect(config.store.retention.age).toBe(3_600_000);
    expect(config.agents).toEqual([{ name: 'n', token: 'tttt' }]);
    expect(config.listen).toEqual({ host: '::1', port: 9 });
  });

  it('keeps digits of a text a text', async () => {
    const { config } = await load({ env: { EX_LABELS: '1,2', EX_TOKEN: '12345678', EX_HTTP_HOST: '10' } });
    expect(config.labels).toEqual(['1', '2']);
    expect(config.token).toBe('12345678');
    expect(config.http.host).toBe('10');
  });

  it('takes the double underscore for a level, and the single one for a key of that very name first', async () => {
    const { config } = await load({ env: { EX_MAX__LINES: '8', EX_MAX_LINES: '9' } });
    expect([config.max.lines, config.max_lines]).toEqual([8, 9]);
  });

  it('counts an empty variable as unset and leaves those of others alone', async () => {
    const { config, warnings } = await load({
      env: { EX_HTTP_PORT: '', EXTRA: 'x', EX_CONFIG: 'f', PATH: '/bin' },
    });
    expect(config.http.port).toBe(7070);
    expect(warnings).toEqual([]);
  });

  it('warns of one that fits no key and names the nearest', async () => {
    const { warnings } = await load({ env: { EX_HTTP_PROT: '1', EX_PORT_7070_TCP: 'tcp://10.0.0.1:7070' } });
    expect(warnings[0]).toBe('EX_HTTP_PROT is set and fits no key; did you mean EX_HTTP_PORT?');
    expect(warnings).toHaveLength(2);
  });

  it('names the variable of a wrong value', async () => {
    expect(await problemsOf({ env: { EX_HTTP_PORT: 'http' } })).toBe(
      'EX_HTTP_PORT: http.port: found "http", expected a whole number from 0 to 65535',
    );
  });
});

describe('one-line forms', () => {
  it('stand for the object, and stronger sources reach below them', async () => {
    const { config, sources } = await load({
      yaml: 'store: x://influx\n',
      env: { EX_STORE_RETENTION_AGE: '2d' },
    });
    expect(config.store.kind).toBe('influx');
    expect(config.store.retention.age).toBe(172_800_000);
    expect(sources.get('store.kind')).toMatchObject({ kind: 'file', line: 1 });
  });

  it('replace what a weaker source said', async () => {
    const { config } = await load({
      yaml: 'store:\n  retention: { age: 1d }\n',
      flags: { '--store': { path: ['store'], text: 'x://influx' } },
    });
    expect(config.store).toMatchObject({ kind: 'influx', retention: { age: 2_592_000_000 } });
  });

  it('on the command line leave what only a variable says', async () => {
    const { config, sources } = await load({
      env: { EX_STORE_RETENTION_AGE: '3d', EX_STORE_KIND: 'sqlite' },
      flags: { '--store': { path: ['store'], text: 'x://influx' } },
    });
    expect(config.store).toMatchObject({ kind: 'influx', retention: { age: 259_200_000 } });
    expect(sources.get('store.retention.age')).toEqual({ kind: 'env', name: 'EX_STORE_RETENTION_AGE' });
  });

  it('are refused without repeating them', async () => {
    const message = await problemsOf({ yaml: 'store: y://user:hunter2@host\n' });
    expect(message).toBe('dir/ex.yml:1:8: store: expected a URL such as x://influx');
  });
});

describe('problems', () => {
  it('are all told at once, in the order of the file, with what was found and expected', async () => {
    const yaml = `http:
  prot: 7070
store:
  kind: sqllite
  retension:
    age: 3d
  retention:
    age: 3
    size: [1]
agents:
  - nmae: a
    token: x
rate: 0
mode: yes
allow: [10.0.0.1/8]
surprise: 1
`;
    expect((await problemsOf({ yaml })).split('\n')).toEqual([
      'dir/ex.yml:2:3: unknown key "prot" under "http"; did you mean "port"?',
      'dir/ex.yml:4:9: store.kind: found "sqllite", expected one of sqlite, influx; did you mean "sqlite"?',
      'dir/ex.yml:5:3: unknown key "retension" under "store"; did you mean "retention"?',
      'dir/ex.yml:8:10: store.retention.age: found 3, expected a duration such as 30s, 10m or 1h30m',
      'dir/ex.yml:9:11: store.retention.size: found a list, expected a size such as 64MiB',
      'dir/ex.yml:11:5: agents[0].name is missing, expected a text',
      'dir/ex.yml:11:5: unknown key "nmae" under "agents[0]"; did you mean "name"?',
      'dir/ex.yml:13:7: rate: found 0, expected a whole number from 1 to 100',
      'dir/ex.yml:14:7: mode: found "yes", expected auto, or true or false',
      expect.stringContaining(
        'dir/ex.yml:15:9: allow[0]: found "10.0.0.1/8", expected an address or network',
      ),
      'dir/ex.yml:16:1: unknown key "surprise"',
    ]);
  });

  it('never show a secret', async () => {
    const yaml =
      'token: hunter2\nagents:\n  - {name: a, token: [hunter2]}\n  - hunter2\nstore: {password: 77777}\n';
    const message = await problemsOf({ yaml });
    expect(message.split('\n')).toHaveLength(4);
    expect(message).not.toMatch(/hunter2|77777/);
  });

  it('mask who and with what a URL logs in', async () => {
    const message = await problemsOf({ yaml: 'rate: "http://me:hunter2@host/x"\n' });
    expect(message).toBe(
      'dir/ex.yml:1:7: rate: found "http://***@host/x", expected a whole number from 1 to 100',
    );
  });

  it('show a long or hostile value bounded and on one line', async () => {
    const message = await problemsOf({ yaml: `rate: "${'a'.repeat(500)}"\nmode: "\\e[31m\\n"\n` });
    expect(message.split('\n')).toHaveLength(2);
    expect(message.length).toBeLessThan(300);
    expect(message).not.toContain('\u001b');
  });
});
