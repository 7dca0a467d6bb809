import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loginRecord, makeBatch, makeDetection, makeRecord, makeSample, T0 } from '../../test/sample-data.ts';
import { BatchEncoder } from './encode.ts';
import { cutText, MAX_FIELD_BYTES } from './field-size.ts';
import { splitPoints } from './line-split.ts';
import { logPointTime } from './point-time.ts';
import { decodeQueueRecord, encodeQueueRecord } from './queue-record.ts';
import { tagValue } from './tag-value.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 80 });

function timeOf(line: string): bigint {
  return BigInt(line.slice(line.lastIndexOf(' ') + 1));
}

describe('points', () => {
  it('are the same bytes for the same batch, from any encoder', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 10 }), (texts) => {
        const records = texts.map((raw, i) =>
          makeRecord({
            offset: i,
            timeUs: T0 + i,
            raw,
            host: raw,
            event: { 'user.name': raw, 'event.action': raw },
          }),
        );
        const batch = makeBatch({
          records,
          detections: [makeDetection('d', 1, T0)],
          samples: [makeSample(T0, 1, 'used')],
          position: 1,
        });
        expect(new BatchEncoder().encode(batch, 'all')).toEqual(new BatchEncoder().encode(batch, 'all'));
      }),
    );
  });

  it('are cut apart where they were joined, whatever the text holds', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 6 }), (texts) => {
        const records = texts.map((raw, i) =>
          makeRecord({
            offset: i,
            timeUs: T0 + i,
            raw,
            host: raw,
            path: raw,
            event: { 'user.name': raw, message: raw },
          }),
        );
        const { lines } = new BatchEncoder().encode(makeBatch({ records, position: 1 }), 'all');
        expect(splitPoints(lines.join('\n'))).toEqual(lines);
      }),
    );
  });

  it('never share a name between a tag and a field', () => {
    const record = loginRecord(0, T0, 'root', '203.0.113.9');
    const event = { ...record.event, 'log.syslog.severity.code': 3 };
    const batch = makeBatch({
      records: [{ ...record, event, origin: { ...record.origin, line: 3 } }],
      samples: [makeSample(T0, 1, 'used')],
      detections: [makeDetection('d', 1, T0)],
      position: 1,
    });
    for (const line of new BatchEncoder().encode(batch, 'all').lines) {
      const [head = '', ...rest] = line.split(' ');
      const tags = head
        .split(',')
        .slice(1)
        .map((pair) => pair.split('=')[0]);
      const fields = [...rest.join(' ').matchAll(/(?:^|,)([a-z_]+)=(?:"|[-\d])/g)].map((match) => match[1]);
      expect(tags.length).toBeGreaterThan(2);
      expect(fields.length).toBeGreaterThan(3);
      expect(tags.filter((tag) => fields.includes(tag))).toEqual([]);
    }
  });

  it('of one stream within one second have times of their own, in order', () => {
    const records = Array.from({ length: 500 }, (_, i) => makeRecord({ offset: i * 97, timeUs: T0 }));
    const times = new BatchEncoder().encode(makeBatch({ records, position: 1 }), 'all').lines.map(timeOf);
    expect(new Set(times).size).toBe(500);
    expect(times).toEqual(times.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(times.every((ns) => ns >= BigInt(T0) * 1_000n && ns < BigInt(T0 + 1_000_000) * 1_000n)).toBe(true);
  });

  it('that would meet in one batch stand a nanosecond apart', () => {
    const records = [0, 1_000, 2_000].map((offset) => makeRecord({ offset, timeUs: T0 + 1 }));
    const times = new BatchEncoder().encode(makeBatch({ records, position: 1 }), 'all').lines.map(timeOf);
    expect(times).toEqual([times[0], times[0]! + 1n, times[0]! + 2n]);
  });

  it('stay within the digits that the clock leaves free', () => {
    const id = makeRecord({ offset: 123_456_789, timeUs: T0 }).id;
    const within = (timeUs: number, range: bigint) => {
      const rest = logPointTime(timeUs, id) - BigInt(timeUs) * 1_000n;
      expect(rest >= 0n && rest < range).toBe(true);
    };
    within(T0, 1_000_000_000n);
    within(T0 + 5_000, 1_000_000n);
    within(T0 + 5_001, 1_000n);
    within(-1_000_001, 1_000n);
  });

  it('keep tags plain', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(tagValue(a)).toMatch(/^[^\s\\\p{C}][^\\\p{C}]*$/u);
        if (a !== b) expect(tagValue(a)).not.toBe(tagValue(b));
      }),
    );
  });

  it('cut long text between characters and say how much', () => {
    for (const char of ['a', 'ä', '€', '😀']) {
      const text = `x${char.repeat(70_000)}`;
      const cut = cutText(text);
      expect(text.startsWith(cut.text)).toBe(true);
      expect(Buffer.byteLength(cut.text)).toBeGreaterThan(MAX_FIELD_BYTES - 4);
      expect(Buffer.byteLength(cut.text) + cut.cutBytes).toBe(Buffer.byteLength(text));
    }
  });
});

describe('a record of the queue', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(anyText, fc.option(fc.uint8Array()), fc.nat(), (lines, state, position) => {
        const text = lines.toWellFormed();
        const payload = Buffer.concat(encodeQueueRecord({ points: 3, position }, state, text));
        const decoded = decodeQueueRecord(payload);
        expect(decoded.header).toEqual({ points: 3, position, stateBytes: state?.length ?? 0 });
        expect(new Uint8Array(decoded.state)).toEqual(state ?? new Uint8Array(0));
        expect(decoded.lines.toString()).toBe(text);
      }),
    );
  });
});
