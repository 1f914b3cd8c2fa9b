/** Values below this have a bucket each; above, each doubling has half as many. */
const EXACT_BELOW = 2048;
const HALF = EXACT_BELOW / 2;

/**
 * Counts of durations in the buckets of an HDR histogram of three significant digits: as wide as a thousandth of what
 * they hold. All percentiles are read in one pass, and recording is two additions: with many channels both happen
 * thousands of times a second, and were a fifth of what the browser process did besides sending.
 */
export class DurationHistogram {
  #counts = new Uint32Array(0);
  #total = 0;
  /** No bucket before this one holds anything. */
  #lowest = Number.POSITIVE_INFINITY;

  get total(): number {
    return this.#total;
  }

  /** `value` is whole and at least 0. */
  record(value: number): void {
    const bucket = bucketOf(value);
    if (bucket >= this.#counts.length) this.#grow(bucket);
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#total += 1;
    if (bucket < this.#lowest) this.#lowest = bucket;
  }

  /** Takes away what `part` holds, all of which was recorded here too. */
  subtract(part: DurationHistogram): void {
    for (let bucket = part.#lowest; bucket < part.#counts.length; bucket += 1)
      this.#counts[bucket] = (this.#counts[bucket] as number) - (part.#counts[bucket] as number);
    this.#total -= part.#total;
  }

  reset(): void {
    this.#counts.fill(0);
    this.#total = 0;
    this.#lowest = Number.POSITIVE_INFINITY;
  }

  /** For each percent, which rise, the highest value of the bucket that holds its nearest rank. Needs a value. */
  percentiles(percents: readonly number[]): number[] {
    const values: number[] = [];
    let reached = 0;
    let bucket = this.#lowest - 1;
    for (const percent of percents) {
      // 99.9 % of 1,000 comes out a hair above 999: without the margin it would be the 1,000th.
      const rank = Math.max(1, Math.ceil((percent / 100) * this.#total - 1e-6));
      while (reached < rank) {
        bucket += 1;
        reached += this.#counts[bucket] as number;
      }
      values.push(highestOf(bucket));
    }
    return values;
  }

  #grow(bucket: number): void {
    const grown = new Uint32Array(Math.max(bucket + 1, this.#counts.length * 1.5));
    grown.set(this.#counts);
    this.#counts = grown;
  }
}

/** `shift` doublings above the exact ones: the bucket is `value / 2^shift`, HALF to EXACT_BELOW − 1, after those before. */
function bucketOf(value: number): number {
  if (value < EXACT_BELOW) return value;
  const shift = Math.floor(Math.log2(value)) - Math.log2(HALF);
  return shift * HALF + Math.floor(value / 2 ** shift);
}

function highestOf(bucket: number): number {
  if (bucket < EXACT_BELOW) return bucket;
  const shift = Math.floor(bucket / HALF) - 1;
  return (bucket - shift * HALF + 1) * 2 ** shift - 1;
}
