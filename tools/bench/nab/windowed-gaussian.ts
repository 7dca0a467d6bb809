/**
 * NAB's reference detector "Windowed Gaussian" (`nab/detectors/gaussian`), for comparison: the two-sided tail of a
 * normal distribution over the last 6,400 rows, moved on by 100 rows at a time.
 */
export function windowedGaussian(): (value: number) => number {
  const WINDOW = 6400;
  const STEP = 100;
  let window: number[] = [];
  let waiting: number[] = [];
  let mean = 0;
  let deviation = 1;
  const measure = () => {
    mean = window.reduce((sum, x) => sum + x, 0) / window.length;
    deviation = Math.sqrt(window.reduce((sum, x) => sum + (x - mean) ** 2, 0) / window.length) || 1e-6;
  };
  return (value) => {
    const score = window.length === 0 ? 0 : 1 - 0.5 * erfc(Math.abs(value - mean) / deviation / Math.SQRT2);
    if (window.length < WINDOW) {
      window.push(value);
      measure();
    } else {
      waiting.push(value);
      if (waiting.length === STEP) {
        window = [...window.slice(STEP), ...waiting];
        waiting = [];
        measure();
      }
    }
    return score;
  };
}

/** Complementary error function for x ≥ 0, to the last digits: series below 2, Lentz's continued fraction above. */
export function erfc(x: number): number {
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum) && n < 100; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}
