import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedCount } from '../../tools/harness/nadir-api.ts';
import { numberedLines } from '../../tools/harness/numbered-lines.ts';
import { createPair, type Pair } from '../../tools/harness/pair.ts';
import { ndjson, runProgram } from '../../tools/harness/run-program.ts';
import { Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

const LINES = 300;

let scratch: Scratch;
let pair: Pair;
let log: string;

beforeAll(async () => {
  scratch = new Scratch('tom-commands');
  log = join(scratch.folder('logs'), 'a.log');
  writeFileSync(log, `${numberedLines('a', 0, LINES).join('\n')}\n`);
  pair = await createPair(scratch.dir, { paths: [log] });
  scratch.owns(pair);
  pair.nadir.start();
  pair.tom.start();
  await until('all lines', () => storedCount(pair.database) === LINES);
});
afterAll(() => scratch.remove());

const tom = (command: string) => runProgram('tom', [command, '--config', pair.tomConfigFile, '--json']);

describe('the commands of tom with --json', () => {
  it('status: one object with spool, shipping, streams and ledger', async () => {
    await until('an acknowledgement in the status', async () => {
      const [last] = ndjson((await tom('status')).out) as { shipping: { acknowledged: unknown } }[];
      return last!.shipping.acknowledged !== null;
    });
    const { code, out, err } = await tom('status');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(ndjson(out)).toEqual([
      {
        type: 'status',
        running: true,
        ageMs: expect.any(Number),
        v: 1,
        agent: 'node1',
        epoch: expect.stringMatching(/^[0-9a-f]{24}$/),
        writtenMs: expect.any(Number),
        spool: {
          sequence: expect.any(Number),
          sizeBytes: expect.any(Number),
          maxBytes: 2 ** 30,
          full: false,
        },
        shipping: expect.objectContaining({
          acknowledged: { epoch: expect.any(String), sequence: expect.any(Number) },
          error: null,
          rejected: 0,
        }),
        ledger: expect.any(Array),
        streams: [
          {
            source: 'files',
            path: log,
            kind: 'file',
            state: 'following',
            offset: statSync(log).size,
            size: statSync(log).size,
          },
        ],
      },
    ]);
  });

  it('ledger: an object per path, and 0 when nothing is lost', async () => {
    const { size } = statSync(log);
    const rows = async () => ndjson((await tom('ledger')).out).filter(({ path }) => path === log);
    await until('the acknowledgement', async () => (await rows())[0]?.acknowledgedBytes === size);
    expect(await rows()).toEqual([
      {
        type: 'ledger',
        path: log,
        seenBytes: size,
        seenRecords: LINES,
        spooledBytes: size,
        spooledRecords: LINES,
        acknowledgedBytes: size,
        acknowledgedRecords: LINES,
        lost: {},
      },
    ]);
    expect((await tom('ledger')).code).toBe(0);
  });

  it('check: the effective configuration without its token, and that NADIR takes it', async () => {
    const { code, out } = await tom('check');
    expect(code).toBe(0);
    expect(ndjson(out)).toEqual([
      { type: 'config', agent: 'node1', host: 'node1', effective: expect.stringContaining('state_dir') },
      { type: 'nadir', url: `http://127.0.0.1:${pair.port}`, ok: true },
    ]);
    expect(out).not.toContain(pair.token);
  });

  it('says that no TOM runs where none does', async () => {
    const env = { TOM_STATE_DIR: scratch.folder('empty') };
    const { code, out } = await runProgram('tom', ['status', '--json'], { env });
    expect(code).toBe(1);
    expect(ndjson(out)).toMatchObject([{ type: 'error', code: 'TOM_NOT_RUNNING', exit: 1 }]);
  });
});
