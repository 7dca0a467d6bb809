import { describe, expect, it } from 'vitest';
import { SYSTEMS } from './grouping-samples.ts';
import { TemplateMiner } from './miner.ts';

describe('messages of one kind are one group, of two kinds two', () => {
  it.each(Object.entries(SYSTEMS))('%s', (_, kinds) => {
    const miner = new TemplateMiner();
    // Interleaved, as logs are.
    const most = Math.max(...kinds.map((kind) => kind.length));
    const lines: { kind: number; message: string }[] = [];
    for (let i = 0; i < most; i++) {
      kinds.forEach((messages, kind) => {
        if (messages[i] !== undefined) lines.push({ kind, message: messages[i]! });
      });
    }
    const found = lines.map(({ kind, message }) => ({ kind, template: miner.mine(message) }));
    const byTemplate = new Map<string, Set<number>>();
    const byKind = new Map<number, Set<string>>();
    for (const { kind, template } of found) {
      const text = miner.current(template).text;
      byTemplate.set(text, (byTemplate.get(text) ?? new Set()).add(kind));
      byKind.set(kind, (byKind.get(kind) ?? new Set()).add(text));
    }
    const wrong = [
      ...[...byTemplate].filter(([, of]) => of.size > 1).map(([text]) => `together: ${text}`),
      ...[...byKind.values()]
        .filter((texts) => texts.size > 1)
        .map((texts) => `apart: ${[...texts].join(' / ')}`),
    ];
    expect(wrong).toEqual([]);
  });
});
