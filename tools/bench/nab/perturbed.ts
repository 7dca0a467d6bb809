import type { NabFile } from './corpus.ts';

/** The same corpus a little different: what a detector is tuned to the last digit for, it loses here. */
export const PERTURBATIONS: Readonly<Record<string, (file: NabFile) => NabFile>> = {
  'values × 1000': (file) => ({ ...file, values: file.values.map((value) => value * 1000) }),
  'values + 1e6': (file) => ({ ...file, values: file.values.map((value) => value + 1e6) }),
  'a third of a usual step of noise': (file) => withNoise(file, 1 / 3),
  'one row in 25 missing': (file) => without(file, (row, random) => random() < 0.04 && row > 0),
  'begun later': (file) => without(file, (row) => row < beginOf(file)),
};

function withNoise(file: NabFile, share: number): NabFile {
  const random = randomOf(file.name);
  const scale = usualStep(file.values) * share;
  return { ...file, values: file.values.map((value) => value + scale * normal(random)) };
}

/** Windows go from the first row left in them to the last. */
function without(file: NabFile, drop: (row: number, random: () => number) => boolean): NabFile {
  const random = randomOf(file.name);
  const rows = [...file.times.keys()].filter((row) => !drop(row, random));
  const times = Float64Array.from(rows, (row) => file.times[row]!);
  const windows = file.windows.flatMap(([from, until]) => {
    const inside = times.filter((time) => time >= from && time <= until);
    return inside.length === 0 ? [] : [[inside[0]!, inside.at(-1)!] as const];
  });
  return { ...file, times, values: Float64Array.from(rows, (row) => file.values[row]!), windows };
}

/** Up to an eighth of the rows before, and no window. */
function beginOf(file: NabFile): number {
  const first = file.windows[0] ? file.times.indexOf(file.windows[0][0]) : file.times.length;
  return Math.min(Math.floor(file.times.length / 8), Math.floor(first * 0.4));
}

function usualStep(values: Float64Array): number {
  const steps = values
    .slice(1)
    .map((value, row) => Math.abs(value - values[row]!))
    .sort();
  return steps[steps.length >> 1] || steps[Math.floor(steps.length * 0.9)] || 0;
}

/** Always the same for the same name (mulberry32). */
function randomOf(name: string): () => number {
  let state = 0;
  for (const char of name) state = (Math.imul(state, 31) + char.charCodeAt(0)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
