import { type CurvePoint } from './run-figures';

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

/** Up to where the axis goes: the last point of the longest curve, and at least 99 %. */
export function axisEnd(curves: ReadonlyArray<readonly CurvePoint[]>): number {
  return curves.reduce((end, curve) => Math.max(end, axisPlace(curve.at(-1)?.fraction ?? 0)), 100);
}

export function axisTicks(end: number): number[] {
  const nines = Array.from({ length: Math.floor(Math.log10(end) + 1e-9) }, (_, i) => 10 ** (i + 1));
  return [1, 2, ...nines];
}

export function axisTickLabel(place: number): string {
  return percentLabel(1 - 1 / place);
}
