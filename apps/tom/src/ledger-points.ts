import type { Ledger } from '@suite/shipping';

/** The ledger's totals as measurements, so that NADIR and its console show what an agent lost. */
export function ledgerPoints(ledger: Ledger) {
  let seen = 0;
  let acknowledged = 0;
  let lost = 0;
  for (const row of ledger.rows()) {
    seen += row.seenBytes;
    acknowledged += row.acknowledgedBytes;
    for (const { bytes } of Object.values(row.lost)) lost += bytes;
  }
  const point = (name: string, value: number) => ({ name, unit: 'By', attributes: {}, value });
  return [
    point('tom.ledger.seen', seen),
    point('tom.ledger.acknowledged', acknowledged),
    point('tom.ledger.lost', lost),
  ];
}
