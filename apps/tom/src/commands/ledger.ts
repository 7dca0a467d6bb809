import { defineCommand, EXIT } from '@suite/cli';
import type { LedgerRow } from '@suite/shipping';
import { lastStatus } from './status.ts';

/** `tom ledger`: bytes and lines seen, spooled, acknowledged and lost, by path. */
export const ledger = defineCommand({
  name: 'ledger',
  summary: 'account for every byte: seen, spooled, acknowledged, lost',
  options: {},
  positionals: [],
  async run(context) {
    const { ledger: rows } = await lastStatus(context);
    await context.print(rowText(['seen', 'spooled', 'acknowledged', 'lost'], 'path (bytes)'));
    let lostBytes = 0;
    for (const row of rows) {
      const lost = lostOf(row);
      lostBytes += lost;
      await context.output.write({ type: 'ledger', ...row });
      const reasons = Object.entries(row.lost).map(([reason, { bytes }]) => `${reason} ${bytes}`);
      const why = reasons.length > 0 ? `  (${reasons.join(', ')})` : '';
      await context.print(
        rowText([row.seenBytes, row.spooledBytes, row.acknowledgedBytes, lost], row.path + why),
      );
    }
    return lostBytes > 0 ? EXIT.found : EXIT.ok;
  },
});

function lostOf(row: LedgerRow): number {
  return Object.values(row.lost).reduce((sum, { bytes }) => sum + bytes, 0);
}

function rowText(columns: readonly (string | number)[], path: string): string {
  return `${columns.map((column) => String(column).padStart(14)).join('')}  ${path}`;
}
