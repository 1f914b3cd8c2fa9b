import { medianInterval } from './median-interval';

export interface Interval {
  low: number;
  high: number;
}

/** One round's own round trips and its floor's, each sorted. */
export interface RoundPair {
  rtt: Float64Array;
  floor: Float64Array;
}

/** Up to so many rounds every resample is counted with its probability: 462 of six. Beyond, so many are drawn. */
const EXACT_ROUNDS = 6;
const DRAWS = 1000;

/**
 * The 95 % confidence interval of the median when whole rounds are drawn again, with replacement (a cluster bootstrap:
 * Davison & Hinkley, Bootstrap Methods, 1997, §3.8): pings of one round share a placement and a moment, and many pings
 * in few rounds say no more about another run than the rounds do. At least as wide as if all pings were independent
 * (`medianInterval`). Of one round it is that alone. Rounds without a value don't count.
 */
export function medianIntervalOf(rounds: readonly Float64Array[]): Interval | null {
  const some = rounds.filter(({ length }) => length > 0);
  const pooled = pool(some);
  const independent = medianInterval(pooled);
  if (independent === null) return null;
  const medians = resamplesOf(some.length).map(({ times, weight }) => ({
    value: medianOfDrawn(some, times, pooled),
    weight,
  }));
  return hull(independent, weightedInterval(medians));
}

/** The same of the ratio of medians, run ÷ floor: a round is drawn together with the floor that was measured beside it. */
export function ratioIntervalOf(rounds: readonly RoundPair[]): Interval | null {
  const some = rounds.filter(({ rtt, floor }) => rtt.length > 0 && floor.length > 0);
  const [rtts, floors] = [some.map(({ rtt }) => rtt), some.map(({ floor }) => floor)];
  const [pooledRtt, pooledFloor] = [pool(rtts), pool(floors)];
  const [run, floor] = [medianInterval(pooledRtt), medianInterval(pooledFloor)];
  if (run === null || floor === null || floor.low <= 0) return null;
  const ratios = resamplesOf(some.length).map(({ times, weight }) => ({
    value: medianOfDrawn(rtts, times, pooledRtt) / medianOfDrawn(floors, times, pooledFloor),
    weight,
  }));
  return hull({ low: run.low / floor.high, high: run.high / floor.low }, weightedInterval(ratios));
}

interface Resample {
  /** How often each round was drawn. */
  times: readonly number[];
  weight: number;
}

export function resamplesOf(rounds: number): Resample[] {
  return rounds <= EXACT_ROUNDS ? allResamples(rounds) : drawnResamples(rounds);
}

/** Every way to draw `rounds` out of as many, the order left aside, with its multinomial probability. */
function allResamples(rounds: number): Resample[] {
  const found: Resample[] = [];
  const fill = (times: number[], left: number, orders: number): void => {
    if (times.length === rounds - 1) {
      found.push({ times: [...times, left], weight: orders / rounds ** rounds });
      return;
    }
    for (let drawn = 0; drawn <= left; drawn += 1) fill([...times, drawn], left - drawn, orders * choose(left, drawn));
  };
  if (rounds > 0) fill([], rounds, 1);
  return found;
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i += 1) ways = (ways * (n - k + i)) / i;
  return Math.round(ways);
}

/** Marsaglia's xorshift from a fixed seed: the same samples always give the same interval. */
function drawnResamples(rounds: number): Resample[] {
  let state = 1;
  const random = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return Array.from({ length: DRAWS }, () => {
    const times = Array.from({ length: rounds }, () => 0);
    for (let i = 0; i < rounds; i += 1) {
      const drawn = Math.floor(random() * rounds);
      times[drawn] = (times[drawn] as number) + 1;
    }
    return { times, weight: 1 / DRAWS };
  });
}

/** By nearest rank. `pooled` are the values of all rounds, sorted: one of them it is. */
function medianOfDrawn(rounds: readonly Float64Array[], times: readonly number[], pooled: Float64Array): number {
  const rank = Math.ceil(rounds.reduce((sum, { length }, i) => sum + length * (times[i] as number), 0) / 2);
  const upTo = (value: number): number =>
    rounds.reduce((sum, round, i) => (times[i] === 0 ? sum : sum + countUpTo(round, value) * (times[i] as number)), 0);
  let low = 0;
  let high = pooled.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (upTo(pooled[middle] as number) >= rank) high = middle;
    else low = middle + 1;
  }
  return pooled[low] as number;
}

/** How many of these sorted values are at most this large. */
export function countUpTo(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first values at which the probability reaches 2.5 % and 97.5 %. */
function weightedInterval(values: ReadonlyArray<{ value: number; weight: number }>): Interval {
  const sorted = values.toSorted((one, other) => one.value - other.value);
  const first = (probability: number): number => {
    let reached = 0;
    for (const { value, weight } of sorted) {
      reached += weight;
      // The weights' sum is 1 but for rounding.
      if (reached >= probability - 1e-9) return value;
    }
    return (sorted.at(-1) as { value: number }).value;
  };
  return { low: first(0.025), high: first(0.975) };
}

function hull(one: Interval, other: Interval): Interval {
  return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) };
}

export function pool(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.sort();
}
