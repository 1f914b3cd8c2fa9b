import { durationTick, yTicks, type Domain } from './y-domain';

/** Narrower than this, the labels of a panel's axis would touch. */
const LEAST_PANEL_PX = 190;
const PLOT_PX = 92;
const TITLE_PX = 18;
const TICKS_PX = 18;
const GAP_PX = 14;
const LEFT_PX = 62;
const BOTTOM_PX = 22;
const CHAR_PX = 6.2;

export interface PanelPlace {
  /** Of the plot inside the panel. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Its axis has labels: the panels beside it share them. */
  first: boolean;
}

export interface PanelGrid {
  height: number;
  places: PanelPlace[];
}

/** Rows of panels, as many beside each other as are wide enough, all of one size. */
export function panelGrid(count: number, width: number): PanelGrid {
  const room = width - LEFT_PX;
  const columns = Math.max(1, Math.min(count, Math.floor((room + GAP_PX) / (LEAST_PANEL_PX + GAP_PX))));
  const panelPx = (room - columns * GAP_PX) / columns;
  const rowPx = TITLE_PX + PLOT_PX + TICKS_PX;
  return {
    height: Math.ceil(count / columns) * rowPx + BOTTOM_PX,
    places: Array.from({ length: count }, (_, index) => ({
      x: LEFT_PX + (index % columns) * (panelPx + GAP_PX),
      y: Math.floor(index / columns) * rowPx + TITLE_PX,
      width: panelPx,
      height: PLOT_PX,
      first: index % columns === 0,
    })),
  };
}

/** A logarithmic scale from `[low, high]` to pixels. */
export function logScale([low, high]: readonly [number, number], from: number, to: number): (value: number) => number {
  const span = Math.log(high / low);
  return (value) => from + (Math.log(value / low) / span) * (to - from);
}

/** Labels of the latency axis that a panel has room for. */
export function panelTicks(domain: Domain): Array<{ micros: number; text: string }> {
  return yTicks('log', domain, PLOT_PX).map((micros) => ({ micros, text: durationTick(micros) }));
}

export interface AxisTick {
  at: number;
  text: string;
  /** Where the text has its middle: within the axis, also at its ends. */
  textAt: number;
}

/** Of labels at these places, from the left, those that don't touch one before them, nor leave an axis of this width. */
export function fittingLabels(labels: ReadonlyArray<{ at: number; text: string }>, width: number): AxisTick[] {
  const fitting: AxisTick[] = [];
  let end = -Infinity;
  for (const { at, text } of labels) {
    const half = (text.length * CHAR_PX) / 2;
    const textAt = Math.min(width - half, Math.max(half, at));
    if (textAt - half < end + CHAR_PX) continue;
    fitting.push({ at, text, textAt });
    end = textAt + half;
  }
  return fitting;
}
