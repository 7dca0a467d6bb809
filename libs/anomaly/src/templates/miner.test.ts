import { describe, expect, it } from 'vitest';
import { TemplateMiner } from './miner.ts';

/** Templates of the messages as they stand in the end, in order. */
function templatesOf(messages: readonly string[]): string[] {
  const miner = new TemplateMiner();
  const found = messages.map((message) => miner.mine(message));
  return found.map((template) => miner.current(template).text);
}

describe('kinds of messages', () => {
  it('leaves values out by type', () => {
    expect(templatesOf(['Accepted publickey for pi from 192.0.2.7 port 51234 ssh2'])).toEqual([
      'Accepted publickey for <user> from <ip> port <num> ssh2',
    ]);
  });

  it('keeps a word that takes few values apart', () => {
    const [first, second] = templatesOf([
      'unit nginx entered state failed',
      'unit nginx entered state running',
    ]);
    expect(first).not.toBe(second);
  });

  it('finds that a word varies once it was seen with many others in its place', () => {
    const names = ['anna', 'jo', 'maria', 'sven', 'petra', 'otto', 'ida', 'karl'];
    const all = templatesOf(names.map((name) => `session opened for user ${name} by someone`));
    expect(new Set(all)).toEqual(new Set(['session opened for user <*> by someone']));
  });

  it('keeps the id while a template generalises', () => {
    const miner = new TemplateMiner();
    const first = miner.mine('hello from anna to the world').id;
    for (const name of ['jo', 'maria', 'sven', 'petra', 'otto', 'ida'])
      miner.mine(`hello from ${name} to the world`);
    const later = miner.mine('hello from anna to the world');
    expect(later.id).toBe(first);
    expect(later.count).toBe(8);
  });

  it('gives the same ids for the same messages', () => {
    const messages = Array.from({ length: 300 }, (_, i) => `job ${i % 7} of queue q${i % 3} took ${i} ms`);
    const run = () => {
      const miner = new TemplateMiner();
      return messages.map((message) => miner.mine(message).id);
    };
    expect(run()).toEqual(run());
  });
});

describe('bounds', () => {
  it('keeps what is frequent through a flood of messages that are all different', () => {
    const miner = new TemplateMiner({ established: 64, probation: 128 });
    const known = miner.mine('the backup of volume data went well').id;
    for (let i = 0; i < 40; i++) miner.mine('the backup of volume data went well');
    for (let i = 0; i < 20_000; i++) miner.mine(garbage(i));
    expect(miner.size).toBeLessThanOrEqual(64 + 128);
    const again = miner.mine('the backup of volume data went well');
    expect(again.id).toBe(known);
    expect(again.count).toBe(42);
  });

  it('goes on the same after a restore', () => {
    const miner = new TemplateMiner({ established: 32, probation: 64 });
    for (let i = 0; i < 3_000; i++) miner.mine(i % 3 === 0 ? `request ${i} done` : garbage(i % 700));
    const copy = new TemplateMiner({ established: 32, probation: 64 });
    copy.restore(JSON.parse(JSON.stringify(miner.snapshot())));
    for (let i = 0; i < 3_000; i++) {
      const message = i % 2 === 0 ? garbage(i) : `request ${i} done`;
      const [a, b] = [miner.mine(message), copy.mine(message)];
      expect([b.id, b.count]).toEqual([a.id, a.count]);
    }
    expect(copy.snapshot()).toEqual(miner.snapshot());
  });
});

/** Words without digits, so that no mask makes them the same. */
function garbage(seed: number): string {
  const words: string[] = [];
  let state = seed * 2654435761 + 1;
  for (let w = 0; w < 3 + (seed % 6); w++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    words.push(state.toString(36).replace(/\d/g, 'x').padEnd(4, 'q'));
  }
  return words.join(' ');
}
