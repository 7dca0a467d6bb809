import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSeriesScorer } from '@suite/anomaly';

const SERIES = 200;
const READINGS = 2_500;

/** Bytes of memory that a scorer holds once its memory is full, garbage collected before and after. */
export function heapPerSeries(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  filled();
  const before = held();
  const all = Array.from({ length: SERIES }, filled);
  const after = held();
  return (after - before) / all.length;
}

function filled() {
  const scorer = createSeriesScorer();
  for (let i = 0; i < READINGS; i++) scorer.observe(i * 300, Math.random() * 100);
  return scorer;
}
