import { expect, it } from 'vitest';
import { createProgress, progressText } from './progress.ts';

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 80, written, write: (text: string) => written.push(text) };
}

it('shows share, amount, rate and time left', () => {
  expect(progressText({ label: 'replay', unit: 'lines', total: 4_000_000 }, 1_000_000, 10_000)).toBe(
    'replay  25%  1.0M lines  100k lines/s  00:30 left',
  );
  expect(progressText({ label: 'read', unit: 'B' }, 3_145_728, 1000)).toBe('read  3.0 MiB  3.0 MiB/s');
});

it('makes sense at the start, at the end and past it', () => {
  expect(progressText({ label: 'x', unit: 'lines', total: 10 }, 0, 0)).toBe('x  0%  0 lines  0 lines/s');
  expect(progressText({ label: 'x', unit: 'lines', total: 10 }, 20, 1000)).toContain('100%');
  expect(progressText({ label: 'x', unit: 'lines', total: 0 }, 0, 1000)).not.toContain('NaN');
});

it('redraws at most five times a second and cleans up once', () => {
  const stream = terminal(true);
  let nowMs = 0;
  const progress = createProgress(stream, () => nowMs, { label: 'x', unit: 'lines' });
  for (; nowMs < 1000; nowMs += 10) progress.update(nowMs);
  expect(stream.written).toHaveLength(5);
  progress.stop();
  progress.stop();
  expect(stream.written.slice(5)).toEqual(['\r\u001b[2K']);
});

it('says nothing where there is no terminal', () => {
  const stream = terminal(false);
  const progress = createProgress(stream, () => 0, { label: 'x', unit: 'lines' });
  progress.update(1);
  progress.stop();
  expect(stream.written).toEqual([]);
});
