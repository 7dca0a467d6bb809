import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { YearSolver } from './year.ts';

const DAY_MS = 86_400_000;
const us = (iso: string) => Date.parse(iso) * 1000;

/** Strips a time of its year, as RFC 3164 does, and lets the solver find it again. */
function solve(solver: YearSolver, ms: number): number | undefined {
  const date = new Date(ms);
  return solver.solve(date.getUTCMonth(), date.getUTCDate(), (ms % DAY_MS) * 1000);
}

describe('the year of a time stamp without one', () => {
  it('is the hinted year at first', () => {
    expect(new YearSolver({ year: 2017 }).solve(11, 10, 0)).toBe(us('2017-12-10T00:00:00Z'));
  });

  it('is the latest that does not lie ahead of the hinted time', () => {
    const solver = () => new YearSolver({ nearUs: us('2026-01-05T12:00:00Z') });
    expect(solver().solve(11, 31, 0)).toBe(us('2025-12-31T00:00:00Z'));
    expect(solver().solve(0, 5, 0)).toBe(us('2026-01-05T00:00:00Z'));
    // Clocks and zones may disagree by some hours.
    expect(solver().solve(0, 6, 0)).toBe(us('2026-01-06T00:00:00Z'));
    expect(solver().solve(0, 8, 0)).toBe(us('2025-01-08T00:00:00Z'));
  });

  it('stays unknown without a hint', () => {
    expect(new YearSolver({}).solve(0, 1, 0)).toBeUndefined();
  });

  it('rolls up from December to January', () => {
    const solver = new YearSolver({ year: 2025 });
    solver.solve(11, 31, 86_399_000_000);
    expect(solver.solve(0, 1, 0)).toBe(us('2026-01-01T00:00:00Z'));
    expect(solver.solve(5, 1, 0)).toBe(us('2026-06-01T00:00:00Z'));
  });

  it('goes back for a late line of December without turning the year back', () => {
    const solver = new YearSolver({ year: 2025 });
    solver.solve(11, 31, 86_399_000_000);
    solver.solve(0, 1, 1_000_000);
    expect(solver.solve(11, 31, 86_399_500_000)).toBe(us('2025-12-31T23:59:59.500Z'));
    expect(solver.solve(0, 1, 2_000_000)).toBe(us('2026-01-01T00:00:02Z'));
  });

  it('does not roll for lines out of order', () => {
    const solver = new YearSolver({ year: 2025 });
    solver.solve(5, 20, 0);
    expect(solver.solve(5, 19, 0)).toBe(us('2025-06-19T00:00:00Z'));
    expect(solver.solve(4, 25, 0)).toBe(us('2025-05-25T00:00:00Z'));
  });

  it('is a leap year for 29 February', () => {
    expect(new YearSolver({ nearUs: us('2026-06-01T00:00:00Z') }).solve(1, 29, 0)).toBe(
      us('2024-02-29T00:00:00Z'),
    );
    expect(new YearSolver({ year: 2024 }).solve(1, 29, 0)).toBe(us('2024-02-29T00:00:00Z'));
    expect(new YearSolver({ year: 2025 }).solve(1, 29, 0)).toBe(us('2024-02-29T00:00:00Z'));
    expect(new YearSolver({ year: 2023 }).solve(1, 29, 0)).toBe(us('2024-02-29T00:00:00Z'));
    // A copied file is newer than its lines: 29 February tells that the year was wrong so far.
    const copied = new YearSolver({ nearUs: us('2025-06-01T00:00:00Z') });
    expect(copied.solve(0, 5, 0)).toBe(us('2025-01-05T00:00:00Z'));
    expect(copied.solve(1, 29, 0)).toBe(us('2024-02-29T00:00:00Z'));
    expect(copied.solve(2, 1, 0)).toBe(us('2024-03-01T00:00:00Z'));
    const rolling = new YearSolver({ year: 2023 });
    rolling.solve(11, 31, 0);
    expect(rolling.solve(1, 29, 0)).toBe(us('2024-02-29T00:00:00Z'));
  });

  it('is found for every growing log without a gap of ten months', () => {
    const start = fc.integer({ min: Date.UTC(1999, 0), max: Date.UTC(2040, 0) });
    const gaps = fc.array(fc.integer({ min: 0, max: 290 * DAY_MS }), { maxLength: 40 });
    fc.assert(
      fc.property(start, gaps, (startMs, steps) => {
        const year = new Date(startMs).getUTCFullYear();
        const solver = new YearSolver({ year });
        let ms = startMs;
        expect(solve(solver, ms)).toBe(ms * 1000);
        for (const step of steps) {
          ms += step;
          expect(solve(solver, ms)).toBe(ms * 1000);
        }
      }),
    );
  });

  it('is found for lines out of order by up to a day around New Year', () => {
    const jitter = fc.array(fc.integer({ min: -DAY_MS, max: DAY_MS }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2040 }), jitter, (year, offsets) => {
        const newYear = Date.UTC(year, 0);
        const solver = new YearSolver({ nearUs: newYear * 1000 + 3 * DAY_MS * 1000 });
        for (const offset of offsets) {
          const ms = newYear + offset;
          expect(solve(solver, ms)).toBe(ms * 1000);
        }
      }),
    );
  });

  it('goes on from its state', () => {
    const solver = new YearSolver({ year: 2025 });
    solver.solve(11, 31, 0);
    const next = new YearSolver({ year: 1999 }, JSON.parse(JSON.stringify(solver.state)));
    expect(next.solve(0, 1, 0)).toBe(us('2026-01-01T00:00:00Z'));
  });
});
