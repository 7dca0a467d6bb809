import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ndjson, runProgram } from '../../tools/harness/run-program.ts';
import { Scratch } from '../../tools/harness/scratch.ts';
import { SshLog } from '../../tools/loggen/ssh-log.ts';

const LOGHUB = join(import.meta.dirname, '../../../shared/data/loghub/OpenSSH/OpenSSH_2k.log');
const LINES = 20_000;

interface Detected {
  readonly type: 'detection';
  readonly rule: string;
  readonly entities: Readonly<Record<string, string>>;
}

let scratch: Scratch;
let log: string;
const generator = new SshLog({ seed: 7, lines: LINES, startMs: Date.UTC(2026, 0, 10, 3) });

beforeAll(() => {
  scratch = new Scratch('commands');
  log = join(scratch.dir, 'auth.log');
  writeFileSync(log, [...generator.chunks()].join(''));
});
afterAll(() => scratch.remove());

async function nadir(...argv: string[]) {
  const { code, out, err } = await runProgram('nadir', argv);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

/** Addresses that a rule of the name accused. */
function accused(lines: readonly Record<string, unknown>[], rule: RegExp): string[] {
  const found = (lines as unknown as Detected[]).filter(
    (line) => line.type === 'detection' && rule.test(line.rule),
  );
  return [...new Set(found.map(({ entities }) => entities['source.address'] ?? ''))].sort();
}

describe('nadir parse --json', () => {
  it('prints one object per line with number, format and event', async () => {
    const file = join(scratch.dir, 'two.log');
    writeFileSync(
      file,
      'Nov 20 10:00:01 node1 sshd[77]: Failed password for invalid user bob from 203.0.113.9 port 4022 ssh2\n\nfree text\n',
    );
    const [first, ...rest] = ndjson(await nadir('parse', file, '--json', '--year', '2026'));
    expect(first).toEqual({
      line: 1,
      format: 'sshd',
      event: {
        '@timestamp': '2026-11-20T10:00:01.000Z',
        'auth.method': 'password',
        'event.action': 'ssh_login',
        'event.category': 'authentication',
        'event.outcome': 'failure',
        'event.reason': 'invalid_user',
        'host.name': 'node1',
        message: 'Failed password for invalid user bob from 203.0.113.9 port 4022 ssh2',
        'process.name': 'sshd',
        'process.pid': 77,
        'source.address': '203.0.113.9',
        'source.port': 4022,
        'user.name': 'bob',
      },
    });
    expect(rest.map(({ line, event }) => ({ line, event }))).toEqual([
      { line: 2, event: null },
      { line: 3, event: null },
    ]);
  });

  it('takes the name that its output gives a format', async () => {
    const named = await nadir('parse', log, '--json', '--format', 'sshd');
    expect(named).toBe(await nadir('parse', log, '--json', '--format', 'syslog'));
  });

  it('prints a line for every line of a log', async () => {
    const lines = ndjson(await nadir('parse', log, '--json'));
    expect(lines.map(({ line }) => line)).toEqual(Array.from({ length: LINES }, (_, n) => n + 1));
    for (const line of lines) expect(Object.keys(line).sort()).toEqual(['event', 'format', 'line']);
  });
});

describe('nadir replay --json', () => {
  it('prints detections and last a summary, and the same again the second time', async () => {
    const out = await nadir('replay', log, '--json', '--year', '2026');
    const lines = ndjson(out);
    expect(lines.at(-1)).toMatchObject({
      type: 'summary',
      lines: LINES,
      by_rule: { 'ssh-brute-force-address': generator.truth.attackers.length },
    });
    expect(lines[0]).toEqual({
      type: 'detection',
      id: expect.any(String),
      version: 1,
      rule: expect.any(String),
      title: expect.any(String),
      level: expect.stringMatching(/^(informational|low|medium|high|critical)$/),
      time: expect.stringMatching(/^2026-01-10T\d\d:\d\d:\d\d\.\d+Z$/),
      first: expect.stringMatching(/^2026-/),
      entities: expect.objectContaining({ 'host.name': 'node1' }),
      techniques: expect.arrayContaining([expect.stringMatching(/^T\d{4}/)]),
      evidence: expect.arrayContaining([
        {
          file: log,
          line: expect.any(Number),
          offset: expect.any(Number),
          host: 'node1',
          text: expect.any(String),
        },
      ]),
      evidence_count: expect.any(Number),
      reason: expect.any(String),
    });
    expect(await nadir('replay', log, '--json', '--year', '2026')).toBe(out);
  });

  it('accuses every attacker of a generated log and none of its people', async () => {
    const lines = ndjson(await nadir('replay', log, '--json', '--year', '2026'));
    const { attackers, honest } = generator.truth;
    expect(attackers.length).toBeGreaterThan(50);
    expect(accused(lines, /^ssh-brute-force-address$/)).toEqual([...attackers].sort());
    const suspects = accused(lines, /brute-force|enumeration/);
    expect(honest.filter((address) => suspects.includes(address))).toEqual([]);
  });

  it('prints every event too when it is asked to', async () => {
    const lines = ndjson(await nadir('replay', log, '--events', '--json'));
    const events = lines.filter(({ type }) => type === 'event');
    expect(events).toHaveLength(LINES);
    expect(events[0]).toEqual({
      type: 'event',
      file: log,
      line: 1,
      format: expect.any(String),
      event: expect.objectContaining({ '@timestamp': expect.any(String), message: expect.any(String) }),
    });
    expect(lines.at(-1)).toMatchObject({ type: 'summary' });
  });

  it.skipIf(!existsSync(LOGHUB))(
    'finds the brute force in the loghub sample (needs its file), and not the address that logged in',
    async () => {
      const lines = ndjson(await nadir('replay', LOGHUB, '--json'));
      const suspects = accused(lines, /brute-force/);
      expect(suspects).toContain('183.62.140.253');
      expect(suspects.length).toBeGreaterThan(5);
      expect(suspects).not.toContain('119.137.62.142');
      expect(lines.at(-1)).toMatchObject({ type: 'summary', lines: 2000 });
    },
  );
});

describe('nadir bench replay --json', () => {
  it('prints one figure a line, with and without detection', async () => {
    const figures = ndjson(await nadir('bench', 'replay', log, '--json'));
    expect(figures.map(({ figure, unit }) => [figure, unit])).toEqual([
      ['parse', 'lines/s'],
      ['parse: CPU per million lines', 's'],
      ['parse: peak RSS', 'MiB'],
      ['parse and detect', 'lines/s'],
      ['parse and detect: CPU per million lines', 's'],
      ['parse and detect: peak RSS', 'MiB'],
    ]);
    for (const { type, value } of figures) {
      expect(type).toBe('figure');
      expect(value).toBeGreaterThan(0);
    }
  });
});
