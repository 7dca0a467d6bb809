/** Terms after which a tail is cut: what is left is below a double's precision by far. */
const MOST_TERMS = 5_000;
const NEGLIGIBLE = 1e-17;

/**
 * How unlikely a count so high is: the natural logarithm of P(X >= count) for a negative binomial of that mean and
 * variance `mean * dispersion`; Poisson where dispersion is 1 or less.
 */
export function logUpperTail(count: number, mean: number, dispersion = 1): number {
  if (count <= 0) return 0;
  if (mean <= 0) return Number.NEGATIVE_INFINITY;
  if (count <= mean)
    return Math.log1p(-Math.min(1 - 1e-15, Math.exp(logLowerTail(count - 1, mean, dispersion))));
  const size = sizeOf(mean, dispersion);
  let term = 1;
  let sum = 1;
  for (let k = count; k < count + MOST_TERMS; k++) {
    term *= ratio(k, mean, size);
    sum += term;
    if (term < sum * NEGLIGIBLE) break;
  }
  return Math.min(0, logMass(count, mean, size) + Math.log(sum));
}

/** How unlikely a count so low is: the natural logarithm of P(X <= count), as above. */
export function logLowerTail(count: number, mean: number, dispersion = 1): number {
  if (count < 0) return Number.NEGATIVE_INFINITY;
  if (mean <= 0) return 0;
  if (count > mean)
    return Math.log1p(-Math.min(1 - 1e-15, Math.exp(logUpperTail(count + 1, mean, dispersion))));
  const size = sizeOf(mean, dispersion);
  let term = 1;
  let sum = 1;
  for (let k = count; k > Math.max(0, count - MOST_TERMS); k--) {
    term /= ratio(k - 1, mean, size);
    sum += term;
    if (term < sum * NEGLIGIBLE) break;
  }
  return Math.min(0, logMass(count, mean, size) + Math.log(sum));
}

/** The negative binomial's size; infinite where it is Poisson. */
function sizeOf(mean: number, dispersion: number): number {
  return dispersion > 1.001 ? mean / (dispersion - 1) : Number.POSITIVE_INFINITY;
}

/** P(k + 1) / P(k). */
function ratio(k: number, mean: number, size: number): number {
  if (size === Number.POSITIVE_INFINITY) return mean / (k + 1);
  return ((k + size) / (k + 1)) * (mean / (mean + size));
}

function logMass(k: number, mean: number, size: number): number {
  if (size === Number.POSITIVE_INFINITY) return k * Math.log(mean) - mean - logGamma(k + 1);
  return (
    logGamma(k + size) -
    logGamma(size) -
    logGamma(k + 1) -
    size * Math.log1p(mean / size) +
    (k === 0 ? 0 : k * Math.log(mean / (mean + size)))
  );
}

/** Stirling's series, shifted to where it is exact to 1e-12. */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) {
    shift -= Math.log(z);
    z += 1;
  }
  const inverse = 1 / z;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
}
