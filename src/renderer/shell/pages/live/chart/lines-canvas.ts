import { DrawnLine } from './drawn-line';
import { bandOf } from './latency-source';
import type { LatencyPoints } from './latency-points';
import type { PixelOf } from './line-path';

/** How a line is drawn. */
export interface Stroke {
  id: string;
  colour: string;
  dash: readonly number[];
  widthPx: number;
  opacity: number;
  cap: 'round' | 'butt';
}

/** Lines with the same points in time; those of a later set lie over those of an earlier one. */
export interface LineSet {
  points: LatencyPoints;
  strokes: readonly Stroke[];
  /** Place of the line whose min–max band lies under it. */
  band: number | null;
}

/** Where the plot is in its chart, px, and the axis of microseconds in the chart. */
export interface PlotScale {
  width: number;
  height: number;
  top: number;
  spanNs: number;
  yOf: PixelOf;
}

const BAND_OPACITY = 0.2;
/** What a stroke covers beyond its points, px. */
const OVERHANG_PX = 3;

/**
 * Lines that slide to the left. What is drawn is moved by whole pixels of the screen, and only from the first point on
 * that is new or has changed drawn anew: some pixels at the right edge, ten times a second.
 */
export class LinesCanvas {
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #lines = new Map<string, DrawnLine>();
  #shown: {
    scale: PlotScale;
    ratio: number;
    steps: readonly number[];
    style: string;
    nowNs: number;
    offset: number;
  } | null = null;
  #offset = 0;
  #ratio = 1;

  constructor(canvas: OffscreenCanvas) {
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This window has no 2D canvas.');
    this.#canvas = canvas;
    this.#context = context;
  }

  draw(scale: PlotScale, nowNs: number, sets: readonly LineSet[], ratio: number): void {
    const { width, height, spanNs } = scale;
    const before = this.#shown;
    const steps = sets.map(({ points }) => (points.pointNs / spanNs) * width);
    const resized = before?.scale.width !== width || before.scale.height !== height || before.ratio !== ratio;
    const rescaled =
      resized ||
      before.scale.yOf !== scale.yOf ||
      before.scale.spanNs !== spanNs ||
      steps.some((stepPx, index) => stepPx !== before.steps[index]);
    if (resized) [this.#canvas.width, this.#canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (rescaled) for (const line of this.#lines.values()) line.forget();
    this.#ratio = ratio;
    this.#offset = Math.round((nowNs / spanNs) * width * ratio) - this.#canvas.width;
    const style = JSON.stringify(sets.map(({ strokes, band }) => [strokes, band]));
    const shift = before === null ? 0 : this.#offset - before.offset;
    const all = rescaled || style !== before.style || shift < 0 || shift >= this.#canvas.width;
    // What comes within a pixel is drawn with the next: a long window moves less than one for each batch.
    if (!all && shift === 0 && nowNs !== before.nowNs) return;
    const changedPx = this.#take(sets, steps, scale.yOf);
    this.#shown = { scale, ratio, steps, style, nowNs, offset: this.#offset };
    if (!all && shift > 0) this.#slide(shift);
    const fromPx = all ? 0 : Math.max(0, Math.floor(Math.min(changedPx, width - shift / ratio) * ratio) / ratio);
    if (fromPx < width) this.#drawFrom(fromPx, sets, steps, scale);
  }

  /** Left end of all that isn't any more as it was drawn, px. */
  #take(sets: readonly LineSet[], steps: readonly number[], yOf: PixelOf): number {
    let left = Infinity;
    const seen = new Set<string>();
    sets.forEach(({ points, strokes, band }, at) => {
      const stepPx = steps[at] as number;
      const take = (id: string, values: ArrayLike<number>): void => {
        seen.add(id);
        const changed = this.#lineOf(id).take({ first: points.first, count: points.count, values }, stepPx, yOf);
        left = Math.min(left, this.#xOf(changed - 1, stepPx) - OVERHANG_PX);
      };
      strokes.forEach(({ id }, place) => take(id, points.medians[place] ?? []));
      if (band === null) return;
      const { lows, highs } = bandOf(points, band);
      take(LOWS, lows);
      take(HIGHS, highs);
    });
    for (const id of this.#lines.keys()) if (!seen.has(id)) this.#lines.delete(id);
    return left;
  }

  #slide(shift: number): void {
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.globalCompositeOperation = 'copy';
    context.drawImage(this.#canvas, -shift, 0);
    context.globalCompositeOperation = 'source-over';
  }

  #drawFrom(fromPx: number, sets: readonly LineSet[], steps: readonly number[], scale: PlotScale): void {
    const context = this.#context;
    const { width, height, top } = scale;
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, -top * this.#ratio);
    context.clearRect(fromPx, top, width - fromPx, height);
    context.save();
    context.beginPath();
    context.rect(fromPx, top, width - fromPx, height);
    context.clip();
    context.lineJoin = 'round';
    sets.forEach(({ points, strokes, band }, at) => {
      const stepPx = steps[at] as number;
      const last = points.first + points.count - 1;
      // The point before the first that can be seen, and one more for its join.
      const first = Math.max(points.first, Math.floor((fromPx - OVERHANG_PX + this.#offsetPx()) / stepPx - 0.5) - 1);
      const banded = band === null ? undefined : strokes[band];
      if (banded !== undefined) this.#fillBand(banded, first, last, stepPx);
      for (const stroke of strokes) this.#strokeLine(stroke, first, last, stepPx);
    });
    context.restore();
  }

  #strokeLine({ id, colour, dash, widthPx, opacity, cap }: Stroke, first: number, last: number, stepPx: number): void {
    const context = this.#context;
    const line = this.#lineOf(id);
    context.strokeStyle = colour;
    context.lineWidth = widthPx;
    context.globalAlpha = opacity;
    context.lineCap = cap;
    context.setLineDash([...dash]);
    for (const [from, to] of runs(line, first, last)) {
      context.lineDashOffset = line.strokePxAt(from);
      context.beginPath();
      const x = this.#xOf(from, stepPx);
      context.moveTo(x, line.yAt(from));
      // Without length nothing would be drawn of a point between two gaps.
      if (from === to) context.lineTo(x + 0.01, line.yAt(from));
      for (let number = from + 1; number <= to; number += 1)
        context.lineTo(this.#xOf(number, stepPx), line.yAt(number));
      context.stroke();
    }
  }

  #fillBand({ colour }: Stroke, first: number, last: number, stepPx: number): void {
    const context = this.#context;
    const [lows, highs] = [this.#lineOf(LOWS), this.#lineOf(HIGHS)];
    context.fillStyle = colour;
    context.globalAlpha = BAND_OPACITY;
    for (const [from, to] of runs(lows, first, last)) {
      context.beginPath();
      for (let number = from; number <= to; number += 1) context.lineTo(this.#xOf(number, stepPx), highs.yAt(number));
      for (let number = to; number >= from; number -= 1) context.lineTo(this.#xOf(number, stepPx), lows.yAt(number));
      context.fill();
    }
  }

  #xOf(number: number, stepPx: number): number {
    return (number + 0.5) * stepPx - this.#offsetPx();
  }

  #offsetPx(): number {
    return this.#offset / this.#ratio;
  }

  #lineOf(id: string): DrawnLine {
    let line = this.#lines.get(id);
    if (line === undefined) this.#lines.set(id, (line = new DrawnLine()));
    return line;
  }
}

/** Of the one band that there may be: no channel has such an id. */
const LOWS = '\0lows';
const HIGHS = '\0highs';

/** First and last numbers of the parts without a gap. */
function runs(line: DrawnLine, first: number, last: number): [from: number, to: number][] {
  const found: [number, number][] = [];
  let from: number | null = null;
  for (let number = first; number <= last; number += 1) {
    if (!Number.isNaN(line.yAt(number))) from ??= number;
    else if (from !== null) {
      found.push([from, number - 1]);
      from = null;
    }
  }
  if (from !== null) found.push([from, last]);
  return found;
}
