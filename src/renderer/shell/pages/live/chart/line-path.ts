/** Pixels of a value on an axis; undefined when the axis can't say. */
export type PixelOf = (value: number) => number | undefined;

/** More points than a chart ever has: a point's place in the cache is its number modulo this. */
const CACHE = 512;

/** Where points lie in the drawing: `stepPx` apart, point `base` at 0. */
export interface PointScale {
  base: number;
  stepPx: number;
  yOf: PixelOf;
}

/** A piece of a line, and how long the stroke since its last gap is, in px: the next piece's dashes go on from there. */
export interface Piece {
  d: string;
  strokePx: number;
}

/**
 * Writes the `d` of a line whose points slide to the left. Most of them were there the last time, with the same value at
 * the same place: only the others are written anew.
 */
export class LinePath {
  readonly #numbers = new Float64Array(CACHE).fill(-1);
  readonly #values = new Float64Array(CACHE);
  readonly #ys = new Float64Array(CACHE);
  readonly #texts: string[] = Array.from({ length: CACHE }, () => '');
  #scale: PointScale = { base: 0, stepPx: 0, yOf: () => undefined };

  /** Everything is placed anew on another scale. */
  setScale(scale: PointScale): void {
    const { base, stepPx, yOf } = this.#scale;
    if (scale.base === base && scale.stepPx === stepPx && scale.yOf === yOf) return;
    this.#scale = scale;
    this.#numbers.fill(-1);
  }

  /**
   * The points with numbers `from` to `to`, both included; `values[0]` is that of number `first`. With gaps where a value
   * is NaN or can't be placed. A value between two gaps becomes a point.
   */
  piece(values: ArrayLike<number>, first: number, from: number, to: number): Piece {
    const { stepPx } = this.#scale;
    let d = '';
    let strokePx = 0;
    let lastY = NaN;
    for (let number = from; number <= to; number += 1) {
      const text = this.#place(number, values[number - first] ?? NaN);
      const y = text === '' ? NaN : (this.#ys[number % CACHE] as number);
      if (text !== '') {
        // With round caps M and h0 alone draw a point; the line goes on from it when there is more.
        d += Number.isNaN(lastY) ? `M${text}h0` : `L${text}`;
        strokePx = Number.isNaN(lastY) ? 0 : strokePx + Math.hypot(stepPx, y - lastY);
      }
      lastY = y;
    }
    return { d, strokePx };
  }

  #place(number: number, value: number): string {
    if (Number.isNaN(value)) return '';
    const slot = number % CACHE;
    if (this.#numbers[slot] === number && this.#values[slot] === value) return this.#texts[slot] as string;
    const { base, stepPx, yOf } = this.#scale;
    const y = yOf(value);
    const text = y === undefined ? '' : `${((number - base) * stepPx).toFixed(1)} ${y.toFixed(1)}`;
    this.#numbers[slot] = number;
    this.#values[slot] = value;
    this.#ys[slot] = y ?? NaN;
    this.#texts[slot] = text;
    return text;
  }
}

/** The `d` of the areas between low and high, one for each run without a gap. */
export function bandPath(xs: readonly number[], low: readonly number[], high: readonly number[], yOf: PixelOf): string {
  let d = '';
  let upper = '';
  let lower = '';
  const close = (): void => {
    if (upper !== '') d += `M${upper.slice(1)}${lower}Z`;
    upper = '';
    lower = '';
  };
  for (let i = 0; i < xs.length; i += 1) {
    const top = pixel(high[i], yOf);
    const bottom = pixel(low[i], yOf);
    if (top === undefined || bottom === undefined) {
      close();
      continue;
    }
    const x = (xs[i] ?? 0).toFixed(1);
    upper += `L${x} ${top.toFixed(1)}`;
    lower = `L${x} ${bottom.toFixed(1)}${lower}`;
  }
  close();
  return d;
}

function pixel(value: number | undefined, yOf: PixelOf): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : yOf(value);
}
