import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { termPattern } from './influx/text-match.ts';
import { matchExpression } from './sqlite/text-match.ts';
import { MAX_QUERY_TERMS, parseTextQuery } from './text-query.ts';

describe('a text query', () => {
  it('takes words, prefixes and phrases apart', () => {
    expect(parseTextQuery('failed pass* "for root" 10.0.0.1')).toEqual([
      { words: ['failed'], prefix: false },
      { words: ['pass'], prefix: true },
      { words: ['for', 'root'], prefix: false },
      { words: ['10', '0', '0', '1'], prefix: false },
    ]);
  });

  it('is no condition without a word', () => {
    for (const text of ['', '  ', '"', '***', '-- ()', '\0']) expect(parseTextQuery(text)).toEqual([]);
  });

  it('is an expression that FTS5 takes, for any text', () => {
    const db = new DatabaseSync(':memory:');
    db.exec("CREATE VIRTUAL TABLE t USING fts5(raw, tag, content = '')");
    const query = db.prepare('SELECT rowid FROM t WHERE t MATCH ?');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const terms = parseTextQuery(text);
        expect(terms.length).toBeLessThanOrEqual(MAX_QUERY_TERMS);
        const expression = matchExpression(terms);
        if (expression !== null) query.all(expression);
      }),
      { numRuns: 500 },
    );
    db.close();
  });

  it('means the same to FTS5 and as a pattern', () => {
    const db = new DatabaseSync(':memory:');
    db.exec("CREATE VIRTUAL TABLE t USING fts5(raw, tag, tokenize = 'unicode61 remove_diacritics 0')");
    const insert = db.prepare("INSERT INTO t (rowid, raw, tag) VALUES (1, ?, '')");
    const find = db.prepare('SELECT count(*) AS n FROM t WHERE t MATCH ?');
    const text = fc.string({ unit: fc.constantFrom(...'abAB1.-_/ "*'), maxLength: 14 });
    fc.assert(
      fc.property(text, text, (line, search) => {
        const terms = parseTextQuery(search);
        const expression = matchExpression(terms);
        if (expression === null) return;
        db.exec('DELETE FROM t');
        insert.run(line);
        const byPattern = terms.every((term) =>
          new RegExp(
            termPattern(term)
              .replace('(?i)', '')
              .replaceAll(/\\p([LN])/g, '\\p{$1}'),
            'iu',
          ).test(line),
        );
        expect(find.get(expression)?.n === 1).toBe(byPattern);
      }),
      { numRuns: 1_000 },
    );
    db.close();
  });
});
