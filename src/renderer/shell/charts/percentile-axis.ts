/** HdrHistogram's axis: 1/(1 − fraction) on a logarithmic scale, so that every further nine takes as much room. */
export function axisPlace(fraction: number): number {
  return 1 / (1 - fraction);
}

/** `50 %`, `99.9 %`, `99.22 %`: as many digits as tell it from 100 %. */
export function percentLabel(fraction: number): string {
  const nines = Math.max(0, Math.floor(Math.log10(axisPlace(fraction)) + 1e-9) - 1);
  const digits = (fraction * 100).toFixed(nines + 1);
  return `${digits.replace(/\.?0+$/, '')}\u202f%`;
}

/** Where percentiles stand on a plot's axis, and what is said there. */
export interface PercentileAxis {
  start: number;
  end: number;
  ticks: readonly number[];
  label: string;
  nameOf(place: number): string;
}

/** Of whole distributions, from the minimum to the last point of the longest curve, and at least 99 %. */
export function distributionAxis(curves: ReadonlyArray<readonly { place: number }[]>): PercentileAxis {
  const end = curves.reduce((most, curve) => Math.max(most, curve.at(-1)?.place ?? 0), 100);
  const nines = Array.from({ length: Math.floor(Math.log10(end) + 1e-9) }, (_, i) => 10 ** (i + 1));
  return {
    start: 1,
    end,
    ticks: [1, 2, ...nines],
    label: 'Percentile (logarithmic, as HdrHistogram plots it)',
    nameOf: (place) => percentLabel(1 - 1 / place),
  };
}

/** One nine behind p99.9, whatever it rests on: the axis of figures that come and go is to stand still. */
export const MAXIMUM_PLACE = 10_000;
const NAMES: ReadonlyMap<number, string> = new Map([
  [2, 'p50'],
  [10, 'p90'],
  [100, 'p99'],
  [1000, 'p99.9'],
  [MAXIMUM_PLACE, 'max'],
]);

/** Of a few figures by their names, the maximum at the end. */
export function figuresAxis(label: string): PercentileAxis {
  return {
    start: 1.5,
    end: MAXIMUM_PLACE * 1.5,
    ticks: [...NAMES.keys()],
    label,
    nameOf: (place) => NAMES.get(place) ?? '',
  };
}
