import { formatCount } from '../../../../../shared/format';
import type { ChartSpan } from '../series/chart-windows';

/** The labels of a time axis, whose values are seconds before its right edge. */
export interface TimeAxis {
  ticks: number[];
  title: string;
  format(x: number): string;
}

/** About so many labels. */
const LABELS = 7;
const STEPS = [1, 2, 5, 10];

/** For a chart that moves with the time: how long ago it was. */
export function agoAxis({ id, spanNs }: ChartSpan): TimeAxis {
  const minutes = id === '10min';
  const seconds = spanNs / 1e9;
  const count = id === '10min' ? 5 : 6;
  return {
    ticks: Array.from({ length: count + 1 }, (_, i) => (i === count ? 0 : (seconds * (i - count)) / count)),
    title: minutes ? 'Time (min ago)' : 'Time (s ago)',
    format: (x) => (x === 0 ? 'now' : String(minutes ? -x / 60 : -x)),
  };
}

/** For one that stands still, `endNs` into the recording: the times under which lists and files have its events. */
export function recordingAxis(spanNs: number, endNs: number): TimeAxis {
  const endS = endNs / 1e9;
  const step = stepOf(spanNs / 1e9 / LABELS);
  const first = Math.ceil((endNs - spanNs) / 1e9 / step - 1e-6);
  const last = Math.floor(endS / step + 1e-6);
  return {
    ticks: Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step - endS).filter(
      // Before the recording began there was nothing.
      (x) => x + endS > -step / 2,
    ),
    title: 'Time of the recording (s)',
    format: (x) => {
      const onGrid = Math.round((x + endS) / step) * step;
      return step >= 1 ? formatCount(onGrid) : onGrid.toFixed(decimals(step));
    },
  };
}

/** The digits of a time in a chart of that length, in seconds: `16.7`, `16.72`. */
export function timeDigits(seconds: number, spanNs: number): string {
  return seconds.toFixed(Math.max(1, decimals(stepOf(spanNs / 1e9 / LABELS) / 10)));
}

/** `16.2–19.8 s`. */
export function stretchText({ fromNs, toNs }: { fromNs: number; toNs: number }): string {
  const digits = (ns: number): string => timeDigits(ns / 1e9, toNs - fromNs);
  return `${digits(fromNs)}–${digits(toNs)} s`;
}

function stepOf(least: number): number {
  const decade = 10 ** Math.floor(Math.log10(least) + 1e-9);
  return decade * (STEPS.find((step) => step * decade >= least * (1 - 1e-9)) ?? 10);
}

function decimals(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}
