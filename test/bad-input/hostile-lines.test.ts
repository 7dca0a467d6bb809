import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askApi, storedCount } from '../../tools/harness/nadir-api.ts';
import { createPair, type Pair } from '../../tools/harness/pair.ts';
import { Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

const FRAMED = '198.51.100.7';
const ATTACKER = '203.0.113.9';
const stamp = (second: number) =>
  `Nov 20 10:00:${String(second).padStart(2, '0')} node1 sshd[${100 + second}]:`;

/** A user name that reads as the log line of a failed password from somebody else. */
const framing = Array.from({ length: 20 }, (_, n) =>
  Buffer.from(
    `${stamp(n)} Invalid user Failed password for invalid user root from ${FRAMED} port 22 ssh2 from ${ATTACKER} port ${4000 + n}\n` +
      `${stamp(n)} Failed password for invalid user Failed password for invalid user root from ${FRAMED} port 22 ssh2 from ${ATTACKER} port ${4000 + n} ssh2\n`,
  ),
);
const LONG = 1024 * 1024 - 1;
const hostile = [
  Buffer.from('nul \0 in the middle\n'),
  Buffer.from('ansi \u001b[2J\u001b[31m\u001b]0;title\u0007 red\n'),
  Buffer.from('markup <script>alert(1)</script> & "quotes"\n'),
  Buffer.concat([Buffer.from('invalid '), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from(' bytes\n')]),
  Buffer.concat([Buffer.from('long '), Buffer.alloc(LONG - 5, 'x'), Buffer.from('\n')]),
  Buffer.from('carriage \r return\n'),
  Buffer.from(`right \u202e to left\n`),
];
const LINES = hostile.length + framing.length * 2;

interface ApiRecord {
  readonly raw: string;
  readonly rawLength: number;
}

let scratch: Scratch;
let pair: Pair;

beforeAll(async () => {
  scratch = new Scratch('hostile-lines');
  const logs = scratch.folder('logs');
  writeFileSync(join(logs, 'hostile.log'), Buffer.concat(hostile));
  writeFileSync(join(logs, 'auth.log'), Buffer.concat(framing));
  pair = await createPair(scratch.dir, { paths: [`${logs}/*.log`] });
  scratch.owns(pair);
  pair.nadir.start();
  pair.tom.start();
  await until('all lines', () => storedCount(pair.database) >= LINES);
});
afterAll(() => scratch.remove());

const items = async (query: string) =>
  (await askApi<{ items: ApiRecord[] }>(pair, `events?limit=1000&${query}`)).items;

describe('hostile lines through the whole pipeline', () => {
  it('are stored once each', async () => {
    expect(storedCount(pair.database)).toBe(LINES);
    expect(await items('')).toHaveLength(LINES);
  });

  it.each([
    ['NUL', 'nul', 'nul \0 in the middle'],
    ['ANSI escapes', 'ansi', 'ansi \u001b[2J\u001b[31m\u001b]0;title\u0007 red'],
    ['markup', 'markup', 'markup <script>alert(1)</script> & "quotes"'],
    ['bytes that are no UTF-8 (read as Latin-1)', 'bytes', 'invalid ÿþÃ( bytes'],
    ['a change of direction', 'left', 'right \u202e to left'],
  ])('come back as the text that they are: %s', async (_what, word, text) => {
    expect((await items(`text=${word}`)).map(({ raw }) => raw)).toEqual([text]);
  });

  it('come back cut, with their whole length told, when they are a mebibyte long', async () => {
    const [long] = await items('text=long');
    expect(long).toMatchObject({ rawLength: LONG });
    expect(long!.raw.length).toBeLessThanOrEqual(8192);
  });

  it('accuse the address that tried, and not the one in a user name', async () => {
    type Page = { items: { rule: string; entities: Record<string, string> }[] };
    await until('a detection', async () => (await askApi<Page>(pair, 'detections')).items.length > 0);
    const { items } = await askApi<Page>(pair, 'detections?limit=1000');
    const accused = items.map(({ entities }) => entities['source.address']).filter(Boolean);
    expect(new Set(accused)).toEqual(new Set([ATTACKER]));
    expect(items.map(({ rule }) => rule)).toContain('ssh-brute-force-address');
  });
});
