import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');

/** Text on ground, as the other style sheets combine them. */
const PAIRS = [
  ['ink', 'ground'],
  ['ink', 'panel'],
  ['ink', 'sunken'],
  ['ink', 'plain-soft'],
  ['ink-quiet', 'ground'],
  ['ink-quiet', 'panel'],
  ['ink-quiet', 'sunken'],
  ['accent', 'panel'],
  ['accent', 'sunken'],
  ['accent-ink', 'accent'],
  ['mark-ink', 'mark'],
  ['panel', 'ink'],
  ['warn', 'sunken'],
  ['accent', 'ground'],
  ['ok', 'ok-soft'],
  ['warn', 'warn-soft'],
  ['warn', 'panel'],
  ['bad', 'bad-soft'],
  ['panel', 'bad'],
  ['info', 'info-soft'],
  ['control', 'control-soft'],
] as const;

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s colours', (_scheme, block) => {
  const tokens = new Map(
    [...block.matchAll(/--([\w-]+): #([\da-f]{6});/g)].map((match) => [match[1], match[2] ?? '']),
  );
  it.each(PAIRS)('let %s be read on %s (WCAG AA, 4.5 to 1)', (text, ground) => {
    expect(contrast(tokens.get(text) ?? '', tokens.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
