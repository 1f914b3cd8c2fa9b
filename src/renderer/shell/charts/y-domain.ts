import { formatCount } from '../../../shared/format';

/** Bounds of the y axis, microseconds. */
export type Domain = readonly [low: number, high: number];

export type ScaleKind = 'log' | 'linear';

const EMPTY: Record<ScaleKind, Domain> = { log: [10, 1000], linear: [0, 200] };
const STEPS = [1, 2, 5, 10];
/** How long a smaller domain must have been enough before the axis shrinks to it. */
const SHRINK_AFTER_MS = 4000;

/** The domain that shows `low` to `high` (µs), snapped outwards to 1-2-5 steps; a default when there is no data. */
export function snapDomain(scale: ScaleKind, low: number, high: number): Domain {
  if (!(low <= high) || high <= 0) return EMPTY[scale];
  if (scale === 'linear') return [0, ceil125(high * 1.05)];
  const bottom = floor125(Math.max(low * 0.97, 0.001));
  const top = ceil125(high * 1.03);
  // Less than half a decade would turn noise into mountains.
  return top / bottom >= 5 ? [bottom, top] : [bottom, ceil125(bottom * 5)];
}

/** Keeps the axis still: it grows at once, and shrinks only when the smaller domain has lasted. */
export class SteadyDomain {
  #shown: Domain | null = null;
  #scale: ScaleKind | null = null;
  #smallerSinceMs: number | null = null;
  #smallerLow = Infinity;
  #smallerHigh = -Infinity;

  /** Takes the domain wanted now; `nowMs` is any clock in milliseconds. Same identity while nothing changes. */
  update(scale: ScaleKind, wanted: Domain, nowMs: number): Domain {
    const shown = this.#shown;
    // The default for no data is nothing to hold on to.
    if (!shown || this.#scale !== scale || shown === EMPTY[scale]) return this.#show(scale, wanted);
    if (wanted[0] < shown[0] || wanted[1] > shown[1]) {
      return this.#show(scale, [Math.min(wanted[0], shown[0]), Math.max(wanted[1], shown[1])]);
    }
    if (wanted[0] === shown[0] && wanted[1] === shown[1]) {
      this.#forgetSmaller();
      return shown;
    }
    this.#smallerSinceMs ??= nowMs;
    this.#smallerLow = Math.min(this.#smallerLow, wanted[0]);
    this.#smallerHigh = Math.max(this.#smallerHigh, wanted[1]);
    if (nowMs - this.#smallerSinceMs < SHRINK_AFTER_MS) return shown;
    return this.#show(scale, [this.#smallerLow, this.#smallerHigh]);
  }

  #show(scale: ScaleKind, domain: Domain): Domain {
    this.#scale = scale;
    this.#shown = domain;
    this.#forgetSmaller();
    return domain;
  }

  #forgetSmaller(): void {
    this.#smallerSinceMs = null;
    this.#smallerLow = Infinity;
    this.#smallerHigh = -Infinity;
  }
}

/** Of the middles of two labels above each other. */
const LEAST_TICK_PX = 18;
/** More labels than this are more than anybody reads. */
const MOST_TICKS = 9;

/**
 * Where an axis of that length has labels that don't touch: on a logarithmic one 1-2-5 steps while they fit, else
 * decades, else every second one and so on; five or so on a linear one. `leastPx`: between two labels.
 */
export function yTicks(scale: ScaleKind, [low, high]: Domain, axisPx: number, leastPx = LEAST_TICK_PX): number[] {
  if (scale === 'linear') {
    const step = ceil125(high / Math.max(1, Math.min(5, Math.floor(axisPx / leastPx))));
    return Array.from({ length: Math.floor(high / step + 1e-9) + 1 }, (_, i) => round(i * step));
  }
  const decadePx = axisPx / Math.log10(high / low);
  const steps = logSteps(low, high);
  if (steps.length <= MOST_TICKS && decadePx * Math.log10(2) >= leastPx) return steps;
  const decades = steps.filter((tick) => Number.isInteger(exponentOf(tick)));
  const every = Math.max(1, Math.ceil(leastPx / decadePx));
  const kept = decades.filter((tick) => exponentOf(tick) % every === 0);
  return kept.length > 1 ? kept : farApart(steps, decadePx, leastPx);
}

function logSteps(low: number, high: number): number[] {
  const steps: number[] = [];
  for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.ceil(Math.log10(high)); exponent += 1) {
    for (const step of [1, 2, 5]) {
      const tick = round(step * 10 ** exponent);
      if (tick >= low * 0.999 && tick <= high * 1.001) steps.push(tick);
    }
  }
  return steps;
}

/** From the first, those that have room after the one before. */
function farApart(ticks: readonly number[], decadePx: number, leastPx: number): number[] {
  let last = 0;
  return ticks.filter((tick) => {
    if (Math.log10(tick / last) * decadePx < leastPx) return false;
    last = tick;
    return true;
  });
}

function exponentOf(tick: number): number {
  return Math.round(Math.log10(tick) * 1e6) / 1e6;
}

/** Labels of an axis in µs: each in its own unit on a logarithmic one, all in that of its end on a linear one. */
export function tickLabels(scale: ScaleKind, [, high]: Domain): (micros: number) => string {
  if (scale === 'log') return durationTick;
  const [unit, inUnit] = high > 1e6 ? ['s', 1e6] : high > 1000 ? ['ms', 1000] : ['µs', 1];
  return (micros) => (micros === 0 ? '0' : withUnit(micros / inUnit, unit));
}

/** `50 µs`, `1 ms`, `20 s`: of microseconds, for axes, with no more digits than a step of one needs. */
export function durationTick(micros: number): string {
  if (micros >= 1e6) return withUnit(micros / 1e6, 's');
  if (micros >= 1000) return withUnit(micros / 1000, 'ms');
  return withUnit(micros, 'µs');
}

function withUnit(value: number, unit: string): string {
  return `${Number.isInteger(value) ? formatCount(value) : round(value)}\u202f${unit}`;
}

function floor125(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const step = STEPS.findLast((candidate) => candidate * decade <= value * (1 + 1e-9)) ?? 1;
  return round(step * decade);
}

function ceil125(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const step = STEPS.find((candidate) => candidate * decade >= value * (1 - 1e-9)) ?? 10;
  return round(step * decade);
}

/** Powers of ten below one aren't exact: 0.1 must not print as 0.10000000000000001. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}
