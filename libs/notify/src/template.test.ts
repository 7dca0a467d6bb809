import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate, jsonEscape, unknownPlaces } from './template.ts';
import { testAlert } from './test-alert.ts';

const alert = {
  ...testAlert('phone', 1_700_000_000_000_000),
  title: 'Break-in "now"\non node2',
  entities: { 'source.address': ['203.0.113.9', '203.0.113.10'] },
};

describe('templates', () => {
  it('puts values in and leaves the rest', () => {
    expect(fillTemplate('{{ level }}: {{source.address}} {{user.name}} {x} {{{title}}}')(alert)).toBe(
      'medium: 203.0.113.9, 203.0.113.10  {x} {Break-in "now"\non node2}',
    );
  });

  it('names what stands for nothing', () => {
    expect(unknownPlaces('{{title}} {{source.address}} {{titel}} {{x y}}')).toEqual(['titel', 'x y']);
  });

  it('never reads a value as a template', () => {
    const hostile = { ...alert, text: '{{lines}} {{title}}' };
    expect(fillTemplate('{{text}}')(hostile)).toBe('{{lines}} {{title}}');
  });

  it('keeps JSON whole whatever the values hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const text = fillTemplate('{"t":"{{title}}"}', jsonEscape)({ ...alert, title });
        expect((JSON.parse(text) as { t: string }).t).toBe(title);
      }),
    );
  });
});
