import type { ChartTheme } from './chart-theme';

export const MARKER_ROW_PX = 14;
/** Fixed sizes, so that no number on an axis ever moves the plot. */
export const Y_AXIS_PX = 70;
export const X_AXIS_PX = 34;
const SIDES = { right: 18, bottom: 2, left: 0 };
const MARGINS = [0, 1, 2, 3].map((rows) => ({ top: rows * MARKER_ROW_PX + 4, ...SIDES }));

/** Rows of event labels above the plot: a low chart needs its height for the lines. */
export function markerRows(height: number): number {
  return height < 270 ? 2 : 3;
}

/** Room around the plot for that many rows of labels; one object each, for recharts' sake. */
export function plotMargin(rowsAbove: number): { top: number; right: number; bottom: number; left: number } {
  return MARGINS[rowsAbove] ?? { top: 10, ...SIDES };
}

export function tickStyle(theme: ChartTheme): { fill: string; fontSize: number } {
  return { fill: theme.inkSoft, fontSize: 11 };
}

interface AxisLabel {
  value: string;
  position: 'insideBottom' | 'insideLeft';
  angle: number;
  offset: number;
  fill: string;
  fontSize: number;
  style: { textAnchor: 'middle' };
}

export function axisLabel(theme: ChartTheme, value: string, axis: 'x' | 'y'): AxisLabel {
  const common = { value, fill: theme.ink, fontSize: 11, style: { textAnchor: 'middle' } } as const;
  return axis === 'x'
    ? { ...common, position: 'insideBottom', angle: 0, offset: 2 }
    : { ...common, position: 'insideLeft', angle: -90, offset: 10 };
}
