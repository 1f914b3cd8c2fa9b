import type { PingChoice } from '../../../../../shared/anatomy-view';
import type { Domain, ScaleKind } from '../../../charts/y-domain';
import type { Timing } from '../series/chart-windows';

/** A line further away than this is not what was clicked. */
const REACH_PX = 24;

export interface ClickedPlot {
  /** Its inner height, pixels. */
  height: number;
  domain: Domain;
  scale: ScaleKind;
  timing: Timing;
}

export interface ClickedPoint {
  atNs: number;
  /** From the plot's top, pixels. */
  y: number;
  /** A point stands for the pings of so much time. */
  pointNs: number;
}

/** The line that passes nearest to a click, by its place, and the ping that is looked for there; null when none is near. */
export function pointAt(
  { height, domain, scale, timing }: ClickedPlot,
  { atNs, y, pointNs }: ClickedPoint,
  /** Of each line at that time, µs; NaN where it has none. */
  medians: readonly number[],
): { line: number; ping: PingChoice } | null {
  const place = (value: number) => (scale === 'log' ? Math.log(value) : value);
  const [low, high] = [place(domain[0]), place(domain[1])];
  const yOf = (micros: number) => height * (1 - (place(micros) - low) / (high - low));
  const distances = medians.map((micros) => Math.abs(yOf(micros) - y));
  const least = distances.reduce((found, px) => (px < found ? px : found), REACH_PX + 1);
  if (!(least <= REACH_PX)) return null;
  const value = low + (1 - y / height) * (high - low);
  const micros = scale === 'log' ? Math.exp(value) : value;
  return {
    line: distances.indexOf(least),
    ping: { kind: 'near', atNs: Math.max(0, atNs), withinNs: pointNs, rttNs: Math.max(0, micros * 1000), timing },
  };
}
