import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One series of the benchmark. */
export interface NabFile {
  readonly name: string;
  readonly group: string;
  /** Epoch seconds; NAB's time stamps have no zone and are read as UTC. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly windows: readonly (readonly [number, number])[];
}

/** Reads NAB's layout: `data/GROUP/NAME.csv`, `labels/combined_windows.json`. */
export function readCorpus(folder: string): NabFile[] {
  const labels = JSON.parse(readFileSync(join(folder, 'labels/combined_windows.json'), 'utf8')) as Record<
    string,
    [string, string][]
  >;
  const files: NabFile[] = [];
  for (const group of readdirSync(join(folder, 'data')).sort()) {
    for (const file of readdirSync(join(folder, 'data', group)).sort()) {
      const name = `${group}/${file}`;
      const rows = readFileSync(join(folder, 'data', name), 'utf8')
        .trim()
        .split(/\r?\n/)
        .slice(1);
      files.push({
        name,
        group,
        times: Float64Array.from(rows, (row) => secondsOf(row.slice(0, row.indexOf(',')))),
        values: Float64Array.from(rows, (row) => Number(row.slice(row.indexOf(',') + 1))),
        windows: (labels[name] ?? []).map(([from, until]) => [secondsOf(from), secondsOf(until)] as const),
      });
    }
  }
  return files;
}

function secondsOf(text: string): number {
  return Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`) / 1000;
}
