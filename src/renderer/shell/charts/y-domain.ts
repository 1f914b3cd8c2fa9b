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

/** Where the axis has labels: 1-2-5 steps of a logarithmic axis while they fit, else decades; five or so on a linear one. */
export function yTicks(scale: ScaleKind, [low, high]: Domain): number[] {
  if (scale === 'linear') {
    const step = ceil125(high / 5);
    return Array.from({ length: Math.floor(high / step + 1e-9) + 1 }, (_, i) => round(i * step));
  }
  const ticks: number[] = [];
  for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.ceil(Math.log10(high)); exponent += 1) {
    for (const step of [1, 2, 5]) {
      const tick = round(step * 10 ** exponent);
      if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
    }
  }
  if (ticks.length <= 9) return ticks;
  return ticks.filter((tick) => Number.isInteger(Math.round(Math.log10(tick) * 1e6) / 1e6));
}

/** `0.5`, `20`, `10,000`: axis labels, µs. */
export function tickLabel(micros: number): string {
  return micros >= 1 || micros === 0 ? formatCount(micros) : String(micros);
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
