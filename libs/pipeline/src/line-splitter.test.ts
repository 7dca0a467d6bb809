import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pushBlock, splitLines } from './line-splitter.ts';

async function linesOf(chunks: readonly Buffer[]): Promise<{ text: string; offset: number; line: number }[]> {
  const out: { text: string; offset: number; line: number }[] = [];
  let line = 0;
  for await (const { block, offset } of splitLines(chunks)) {
    line = pushBlock(
      block,
      offset,
      line,
      (text, ref) => out.push({ text, offset: ref.offset, line: ref.line! }),
      0,
    );
  }
  return out;
}

describe('splitting an input into lines', () => {
  it('gives the same lines, offsets and numbers wherever the chunks are cut', async () => {
    const text = fc.array(fc.string({ maxLength: 12 }), { maxLength: 20 }).map((lines) => lines.join('\n'));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(300), { maxLength: 8 }), async (content, cuts) => {
        const bytes = Buffer.from(content);
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        const lines = await linesOf(chunks);
        expect(lines).toEqual(await linesOf([bytes]));
        for (const { text: line, offset } of lines) {
          expect(bytes.subarray(offset, offset + Buffer.byteLength(line)).toString()).toBe(line);
        }
      }),
    );
  });

  it('keeps a last line without its end, and empty lines', async () => {
    expect((await linesOf([Buffer.from('a\n\nb')])).map(({ text }) => text)).toEqual(['a', '', 'b']);
    expect(await linesOf([])).toEqual([]);
  });

  it('decodes bytes that are no UTF-8 as latin1 instead of replacing them', async () => {
    const [line] = await linesOf([Buffer.from([0x66, 0xfc, 0x72, 0x0a])]);
    expect(line!.text).toBe('für');
  });
});
