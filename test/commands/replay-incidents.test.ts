import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteReader } from '@suite/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ndjson, runProgram } from '../../tools/harness/run-program.ts';
import { Scratch } from '../../tools/harness/scratch.ts';

const time = (second: number): string =>
  new Date(Date.UTC(2026, 0, 10, 3) + second * 1000).toISOString().slice(11, 19);
const failed = (second: number, address: string, user: string): string =>
  `Jan 10 ${time(second)} node2 sshd[${500 + second}]: Failed password for ${user} from ${address} port 4000 ssh2`;

const LOG = [
  ...Array.from({ length: 9 }, (_, i) => failed(i, '198.51.100.7', 'root')),
  ...Array.from({ length: 30 }, (_, i) => failed(8_000 + i * 3, '203.0.113.9', 'pi')),
  `Jan 10 ${time(8_100)} node2 sshd[900]: Accepted password for pi from 203.0.113.9 port 4000 ssh2`,
  `Jan 10 ${time(8_120)} node2 useradd[910]: new user: name=eve, UID=0, GID=0, home=/root, shell=/bin/bash, from=none`,
].join('\n');

let scratch: Scratch;
let log: string;
beforeAll(() => {
  scratch = new Scratch('replay-incidents');
  log = join(scratch.dir, 'auth.log');
  writeFileSync(log, `${LOG}\n`);
});
afterAll(() => scratch.remove());

async function replay(...more: string[]): Promise<string> {
  const { code, out, err } = await runProgram('nadir', ['replay', log, '--year', '2026', ...more]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

describe('nadir replay --incidents', () => {
  it('prints one object per story, when it is over or at the end, and the same ones each time', async () => {
    const lines = ndjson(await replay('--incidents', '--json'));
    const incidents = lines.filter(({ type }) => type === 'incident');
    expect(incidents.map(({ closed, level, success }) => ({ closed, level, success }))).toEqual([
      { closed: true, level: 'medium', success: false },
      { closed: false, level: 'critical', success: true },
    ]);
    expect(incidents[1]).toMatchObject({
      summary:
        '203.0.113.9 tried 30 passwords on node2 over 87 seconds, then logged in as pi at 05:15, the account eve was made.',
      first: '2026-01-10T05:13:20.000Z',
      entities: { 'source.address': ['203.0.113.9'], 'user.name': ['pi', 'eve'], 'host.name': ['node2'] },
    });
    expect(lines.at(-1)).toMatchObject({ type: 'summary' });
    expect(ndjson(await replay('--incidents', '--json'))).toEqual(lines);
  });

  it('tells people the story with its time line and what to do', async () => {
    const text = await replay('--incidents');
    expect(text).toContain('CRITICAL  Break-in from 203.0.113.9 on node2');
    expect(text).toMatch(/\n {4}2026-01-10 05:15:20 {2}Account eve was made/);
    expect(text).toContain('\n  Next: ');
  });

  it('prints none unless asked, and stores them where it stores', async () => {
    const dir = join(scratch.dir, 'stored');
    const lines = ndjson(await replay('--json', '--store', dir));
    expect(lines.some(({ type }) => type === 'incident')).toBe(false);
    const reader = openSqliteReader({ path: join(dir, 'nadir.db') });
    const { items } = await reader.incidents({ limit: 10 });
    await reader.stop();
    expect(items.map(({ level }) => level)).toEqual(['critical', 'medium']);
  });
});
