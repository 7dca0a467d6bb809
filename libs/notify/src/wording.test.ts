import { describe, expect, it } from 'vitest';
import { testAlert } from './test-alert.ts';
import { cut, plainText, visible } from './wording.ts';

describe('the words of an alert', () => {
  it('says why, what to do, and which lines', () => {
    const text = plainText(testAlert('phone', 1_700_000_000_000_000));
    expect(text).toContain('nothing happened');
    expect(text).toContain('What to do next:\n1. Nothing: it works.');
    expect(text).toContain('node1 /var/log/auth.log: An alert shows');
    expect(text.endsWith('medium, 2023-11-14 22:13:20 UTC')).toBe(true);
  });

  it('makes visible what a terminal or a mail header would obey', () => {
    expect(visible('a\u001b[31m\r\nBcc: x\u202e')).toBe('a\ufffd[31m\ufffd\ufffdBcc: x\ufffd');
  });

  it('never cuts a character in two', () => {
    expect(cut('ab😀cd', 4)).toBe('ab…');
    expect(cut('abcd', 4)).toBe('abcd');
  });
});
