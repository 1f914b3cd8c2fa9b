/**
 * The 95 % confidence interval of a median by the percentile bootstrap, in its exact form.
 *
 * A bootstrap draws n values with replacement, takes their median, and repeats. Nothing has to be drawn: the resample's
 * median (rank r = ⌈n/2⌉) is at most the k-th smallest value exactly when at least r of the n draws are among the k
 * smallest, so P(median* ≤ x₍ₖ₎) = P(Binomial(n, k/n) ≥ r). The interval's ends are the first values at which this
 * reaches 2.5 % and 97.5 %: what the bootstrap converges to with endless resamples (Efron, 1982; Maritz & Jarrett,
 * 1978). It takes samples to be independent; those of one round aren't quite: `round-interval.ts` draws whole rounds.
 */
export function medianInterval(sorted: Float64Array): { low: number; high: number } | null {
  const n = sorted.length;
  if (n === 0) return null;
  return { low: sorted[firstRank(n, 0.025) - 1] as number, high: sorted[firstRank(n, 0.975) - 1] as number };
}

/** The smallest k with P(Binomial(n, k/n) ≥ ⌈n/2⌉) ≥ `probability`. */
function firstRank(n: number, probability: number): number {
  const rank = Math.ceil(n / 2);
  let low = 1;
  let high = n;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (binomialAtLeast(rank, n, middle / n) >= probability) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** P(Binomial(n, p) ≥ r), summed from r away from the mean until the terms no longer count. */
export function binomialAtLeast(r: number, n: number, p: number): number {
  if (r <= 0 || p >= 1) return 1;
  if (r > n || p <= 0) return 0;
  const upwards = r > n * p;
  const odds = p / (1 - p);
  let k = upwards ? r : r - 1;
  let term = Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
  let sum = 0;
  while (k >= 0 && k <= n && term > sum * 1e-17) {
    sum += term;
    if (upwards) {
      term *= ((n - k) / (k + 1)) * odds;
      k += 1;
    } else {
      term *= k / (n - k + 1) / odds;
      k -= 1;
    }
  }
  return Math.min(1, Math.max(0, upwards ? sum : 1 - sum));
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** ln n!: exact up to 20, Stirling's series beyond (error below 1e-12 there). */
function logFactorial(n: number): number {
  if (n <= 20) {
    let product = 1;
    for (let factor = 2; factor <= n; factor += 1) product *= factor;
    return Math.log(product);
  }
  return (
    n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5)
  );
}
