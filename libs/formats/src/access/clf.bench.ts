import { bench, describe } from 'vitest';
import { SAMPLES } from '../../test/samples.ts';
import { createStreamParser } from '../index.ts';

/**
 * Lines per second are hz times BATCH. By hand: `node_modules/.bin/vitest bench libs/formats --run`.
 * Target: 400,000 access-log lines/s on one core.
 */
const BATCH = 10_000;

describe(`parse ${BATCH} lines`, () => {
  for (const name of ['nginx', 'apache', 'traefik', 'traefik-json', 'json', 'docker-json', 'cri']) {
    const parser = createStreamParser();
    const lines = SAMPLES[name]!;
    let events = 0;
    const count = (_ref: number, _text: string, _format: string, event: unknown) => {
      if (event !== null) events += 1;
    };
    bench(name, () => {
      for (let at = 0; at < BATCH; at++) parser.push(lines[at % lines.length]!, at, count);
      parser.flush(count);
      if (events === 0) throw new Error('nothing was parsed');
    });
  }
});
