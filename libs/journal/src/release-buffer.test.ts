import { expect, test } from 'vitest';
import { releaseBuffer } from './release-buffer.ts';

test('gives back the memory of a buffer of its own, also of a view of part of it', () => {
  const whole = Buffer.alloc(100_000);
  releaseBuffer(whole.subarray(0, 10));
  expect(whole.buffer.byteLength).toBe(0);
});

test('leaves the shared pool and small buffers alone', () => {
  const pooled = Buffer.from('pooled');
  releaseBuffer(pooled);
  expect(pooled.toString()).toBe('pooled');
  const small = Buffer.allocUnsafeSlow(100).fill(7);
  releaseBuffer(small);
  expect(small[99]).toBe(7);
});

test('may be called twice', () => {
  const buffer = Buffer.alloc(100_000);
  releaseBuffer(buffer);
  releaseBuffer(buffer);
  expect(buffer.length).toBe(0);
});
