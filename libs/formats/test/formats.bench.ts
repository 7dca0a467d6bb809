/**
 * Lines per second through the parser that finds out the format, on one core. One JSON object per format;
 * target for access logs: 400,000. Run: `node libs/formats/test/formats.bench.ts`.
 */
import { arch, cpus } from 'node:os';
import { createStreamParser, FORMATS } from '../src/index.ts';
import { SAMPLES } from './samples.ts';

const BATCH_LINES = 200_000;
const RUNS = 5;
const ACCESS = new Set(['nginx', 'apache', 'traefik']);

for (const { name } of FORMATS) {
  const lines = SAMPLES[name]!;
  let bestMs = Number.POSITIVE_INFINITY;
  let events = 0;
  for (let run = 0; run < RUNS; run++) {
    const parser = createStreamParser({ year: 2024 });
    const count = (_ref: number, _text: string, _format: string, event: unknown) => {
      if (event !== null) events += 1;
    };
    const began = performance.now();
    for (let at = 0; at < BATCH_LINES; at++) parser.push(lines[at % lines.length]!, at, count);
    parser.flush(count);
    bestMs = Math.min(bestMs, performance.now() - began);
  }
  const value = Math.round((BATCH_LINES / bestMs) * 1000);
  const bar = ACCESS.has(name) ? { bar: 400_000, ok: value >= 400_000 } : {};
  const machine = `${cpus()[0]?.model ?? arch()}, Node ${process.version}`;
  console.log(
    JSON.stringify({ bench: 'formats', figure: name, value, unit: 'lines/s', ...bar, events, machine }),
  );
}
