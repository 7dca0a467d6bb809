import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvField, parseSeriesHeader, parseSeriesRow, parseSeriesTime, splitCsvLine } from './series-csv.ts';

describe('a time of a series', () => {
  it.each([
    ['2014-02-14 14:30:00', 1_392_388_200],
    ['2014-02-14 14:30:00.5', 1_392_388_200.5],
    ['2014-02-14T14:30:00Z', 1_392_388_200],
    ['2014-02-14T14:30:00.000000', 1_392_388_200],
    ['2014-02-14T16:30:00+02:00', 1_392_388_200],
    ['2014-02-14 16:30:00 +0200', 1_392_388_200],
    ['2014-02-14 14:30', 1_392_388_200],
    ['2014-02-14', 1_392_336_000],
    ['1392388200', 1_392_388_200],
    ['1392388200.25', 1_392_388_200.25],
    ['1392388200000', 1_392_388_200],
    ['1392388200000000', 1_392_388_200],
    ['1392388200000000000', 1_392_388_200],
    ['0', 0],
  ])('%s is %d', (text, seconds) => {
    expect(parseSeriesTime(text)).toBe(seconds);
  });

  it.each([
    '',
    'now',
    '2014-02-30 00:00:00',
    '2014-13-01',
    '2014-02-14 25:00:00',
    '14/02/2014',
    '1e9',
    'NaN',
  ])('%j is none', (text) => expect(parseSeriesTime(text)).toBeNull());

  it('reads what a date writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1000-01-01'), max: new Date('9999-01-01'), noInvalidDate: true }),
        (date) => Math.abs(parseSeriesTime(date.toISOString())! - date.getTime() / 1000) < 1e-4,
      ),
    );
  });
});

describe('rows of a series', () => {
  it('finds the columns in any order and case, and keeps the text as it is', () => {
    const columns = parseSeriesHeader('\ufeffhost,Value, TIMESTAMP ')!;
    expect(parseSeriesRow('pi,1.50,2014-02-14 14:30:00', columns)).toEqual({
      timestamp: '2014-02-14 14:30:00',
      value: '1.50',
      timeSeconds: 1_392_388_200,
      number: 1.5,
    });
  });

  it('misses a column', () => {
    expect(parseSeriesHeader('time,value')).toBeNull();
    expect(parseSeriesHeader('')).toBeNull();
  });

  it.each(['', 'x', 'NaN', 'Infinity', '1e999', '0x10', '1,5'])('refuses %j as a value', (value) => {
    expect(parseSeriesRow(`0,"${value}"`, { timestamp: 0, value: 1 })).toEqual({ bad: 'value', text: value });
  });

  it('names a bad time and a line that is too short', () => {
    expect(parseSeriesRow('soon,1', { timestamp: 0, value: 1 })).toEqual({ bad: 'timestamp', text: 'soon' });
    expect(parseSeriesRow('0', { timestamp: 0, value: 1 })).toEqual({ bad: 'value', text: '' });
  });

  it('splits what it has joined', () => {
    const field = fc.string().filter((text) => !/[\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        expect(splitCsvLine(fields.map(csvField).join(','))).toEqual(fields);
      }),
    );
  });

  it('takes any line without failing', () => {
    fc.assert(
      fc.property(fc.string(), (line) => {
        parseSeriesHeader(line);
        parseSeriesRow(line, { timestamp: 0, value: 1 });
      }),
    );
  });
});
