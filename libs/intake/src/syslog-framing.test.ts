import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAllowList } from './allow-list.ts';
import { createSyslogFramer } from './syslog-framing.ts';
import { decodeSyslogLines, encodeSyslogLines } from './syslog-lines.ts';

function frame(stream: Buffer, cuts: readonly number[], maxLineBytes = 1000): string[] {
  const framer = createSyslogFramer(maxLineBytes);
  const lines: Buffer[] = [];
  let at = 0;
  for (const size of [...cuts, stream.length]) {
    lines.push(...framer.push(stream.subarray(at, at + size)));
    at += size;
  }
  const rest = framer.end();
  if (rest !== null) lines.push(rest);
  return lines.map((line) => line.toString('latin1'));
}

const cuts = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 100 });
const text = fc.string({ maxLength: 60 }).filter((s) => !/[\r\n\0]/.test(s) && /^[\x20-\x7e]*$/.test(s));

describe('syslog framing', () => {
  it('gives back counted messages with any byte in them, however the stream is cut', () => {
    const inner = fc
      .array(fc.constantFrom('a', '\n', '\0', '9', ' '), { maxLength: 20 })
      .map((a) => `<1>${a.join('')}.`);
    fc.assert(
      fc.property(fc.array(inner, { maxLength: 8 }), cuts, (messages, sizes) => {
        const stream = messages.map((m) => `${m.length} ${m}`).join('');
        expect(frame(Buffer.from(stream, 'latin1'), sizes)).toEqual(messages);
      }),
    );
  });

  it('gives back lines by newline or NUL, however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 8 }),
        cuts,
        fc.constantFrom('\n', '\r\n', '\0'),
        (texts, sizes, end) => {
          const messages = texts.map((t) => `<13>${t}`);
          expect(frame(Buffer.from(messages.join(end)), sizes)).toEqual(messages);
        },
      ),
    );
  });

  it('reads on by newlines when a count is out of step', () => {
    expect(frame(Buffer.from('4 <1>a<13>plain\n<13>next\n'), [])).toEqual(['<1>a', '<13>plain', '<13>next']);
    expect(frame(Buffer.from('12:00:01 host line\nmore\n'), [])).toEqual(['12:00:01 host line', 'more']);
    expect(frame(Buffer.from('99999999999 x\n'), [])).toEqual(['99999999999 x']);
  });

  it('never holds or gives out more than the longest line, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), cuts, (bytes, sizes) => {
        for (const line of frame(Buffer.from(bytes), sizes, 20)) expect(line.length).toBeLessThanOrEqual(20);
      }),
    );
  });

  it('has a body that gives every line back', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (lines) => {
        const got = decodeSyslogLines(encodeSyslogLines(lines));
        expect(got.map(({ line }) => Uint8Array.from(line))).toEqual(lines);
      }),
    );
    expect(() => decodeSyslogLines(Buffer.from([5, 0, 0, 0, 1]))).toThrow('cut off');
  });
});

describe('allow list', () => {
  it('knows addresses, ranges and mapped IPv4, and refuses what is neither', () => {
    const allowed = createAllowList(['10.1.0.0/16', '192.0.2.7', 'fd00::/8']);
    expect(['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.7', 'fd12::1', 'fd12::1%eth0'].map(allowed)).toEqual(
      Array(5).fill(true),
    );
    expect(['10.2.0.1', '192.0.2.8', 'fe80::1', '', 'x'].map(allowed)).toEqual(Array(5).fill(false));
    for (const bad of ['host', '10.0.0.0/33', '10.0.0.0/', '::/129', '1.2.3.4/8/9', '']) {
      expect(() => createAllowList([bad])).toThrow(RangeError);
    }
  });
});
