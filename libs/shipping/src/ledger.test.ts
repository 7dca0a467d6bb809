import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger.ts';

describe('ledger', () => {
  it('keeps to its number of rows and loses no amount', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.nat(1000), fc.nat(50))),
        fc.integer({ min: 1, max: 8 }),
        (amounts, maxRows) => {
          const ledger = new Ledger(maxRows);
          let [bytes, records] = [0, 0];
          for (const [path, size, count] of amounts) {
            ledger.seen(`/${path}`, size, count);
            ledger.spooled([[`/${path}`, size, count]]);
            ledger.lost(`/${path}`, 'truncated', size, count);
            bytes += size;
            records += count;
          }
          const rows = ledger.rows();
          expect(rows.length).toBeLessThanOrEqual(maxRows + 1);
          const sum = (value: (row: (typeof rows)[number]) => number) =>
            rows.reduce((total, row) => total + value(row), 0);
          expect(sum((row) => row.seenBytes)).toBe(bytes);
          expect(sum((row) => row.spooledRecords)).toBe(records);
          expect(sum((row) => row.lost.truncated?.bytes ?? 0)).toBe(bytes);
          const unsaved = ledger.takeUnsaved();
          expect(unsaved.length).toBeLessThanOrEqual(maxRows + 1);
          expect(unsaved.reduce((total, loss) => total + loss[2], 0)).toBe(bytes);
        },
      ),
    );
  });

  it('tells a checkpoint only the losses that no later record tells', () => {
    const ledger = new Ledger();
    ledger.lost('/a', 'truncated', 5, 1);
    expect(ledger.savedRows()[0]!.lost).toEqual({});
    ledger.saved(ledger.takeUnsaved());
    expect(ledger.savedRows()[0]!.lost).toEqual({ truncated: { bytes: 5, records: 1 } });
    expect(ledger.hasUnsaved).toBe(false);
  });

  it('works out what was acknowledged from what is neither waiting nor rejected', () => {
    const ledger = new Ledger();
    ledger.spooled([['/a', 100, 10]]);
    ledger.replay([['/a', 'rejected', 30, 3]]);
    ledger.settle([[['/a', 20, 2]]]);
    expect(ledger.rows()[0]).toMatchObject({ seenBytes: 100, acknowledgedBytes: 50, acknowledgedRecords: 5 });
  });
});
