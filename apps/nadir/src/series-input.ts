import { parseSeriesHeader, parseSeriesRow, type SeriesColumns, type SeriesRow } from '@suite/anomaly';
import { pushBlock, splitLines } from '@suite/pipeline';
import { nadirErrors } from './errors.ts';

/** A header or a wrong value in a message is cut to this. */
const SHOWN_CHARS = 80;

/**
 * The rows of a CSV with the columns timestamp and value, a block at a time, as they come.
 * @throws NADIR_SERIES_COLUMNS, NADIR_SERIES_ROW, NADIR_SERIES_EMPTY
 */
export async function* readSeries(
  path: string,
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<readonly SeriesRow[]> {
  let columns: SeriesColumns | null = null;
  let line = 0;
  let empty = true;
  for await (const { block, offset } of splitLines(chunks)) {
    const rows: SeriesRow[] = [];
    let failure: Error | null = null;
    const take = (text: string, lineNumber: number) => {
      if (failure !== null || text.trim() === '') return;
      if (columns === null) {
        columns = parseSeriesHeader(text);
        if (columns === null) failure = nadirErrors.NADIR_SERIES_COLUMNS({ path, header: shown(text) });
        return;
      }
      const row = parseSeriesRow(text, columns);
      if (!('bad' in row)) rows.push(row);
      else
        failure = nadirErrors.NADIR_SERIES_ROW({
          path,
          line: lineNumber,
          column: row.bad,
          text: shown(row.text),
        });
    };
    line = pushBlock(block, offset, line, (text, ref) => take(text.replace(/\r$/, ''), ref.line ?? 0), 0);
    empty &&= rows.length === 0;
    yield rows;
    if (failure !== null) throw failure;
  }
  if (empty) throw nadirErrors.NADIR_SERIES_EMPTY({ path });
}

function shown(text: string): string {
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
  return clean.length > SHOWN_CHARS ? `${clean.slice(0, SHOWN_CHARS)}…` : clean;
}
