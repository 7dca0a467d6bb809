import { expect, it } from 'vitest';
import { NodeBook } from './node-book.ts';

const lost = (value: number) => ({
  agent: 'a',
  host: 'n',
  name: 'tom.ledger.lost',
  unit: 'By',
  attributes: {},
  timeUs: 1,
  value,
});

it('adds up what a node sent, and keeps what it said it lost', () => {
  const book = new NodeBook();
  book.seen('a', 'n', '1.0', 10, 5);
  book.seen('a', 'n', '', 20, 7);
  book.sample(lost(100));
  book.sample(lost(40));
  expect(book.takeChanged()).toEqual([
    {
      agent: 'a',
      host: 'n',
      version: '1.0',
      firstSeenUs: 10,
      lastSeenUs: 20,
      linesTotal: 12,
      lostBytes: 100,
    },
  ]);
  expect(book.takeChanged()).toEqual([]);
});

it('goes on from a snapshot', () => {
  const book = new NodeBook();
  book.seen('a', 'n', '1.0', 10, 5);
  const again = new NodeBook();
  again.restore(JSON.parse(JSON.stringify(book.snapshot())));
  again.seen('a', 'n', '1.0', 30, 1);
  expect(again.takeChanged()[0]).toMatchObject({ firstSeenUs: 10, linesTotal: 6 });
});
