import type { PixelOf } from './line-path';

/** More points than a chart ever has: a point's place is its number modulo this. */
const CAPACITY = 512;

/** Points with the numbers `first` to `first + count - 1`; `values[0]` is that of the first. */
export interface Points {
  first: number;
  count: number;
  values: ArrayLike<number>;
}

/**
 * The points of one line as they were drawn the last time: where they lie, and how long the stroke is up to each since
 * its last gap, so that dashes go on where a part of the line is drawn anew.
 */
export class DrawnLine {
  readonly #numbers = new Float64Array(CAPACITY).fill(-1);
  readonly #values = new Float64Array(CAPACITY);
  readonly #ys = new Float64Array(CAPACITY);
  readonly #strokePx = new Float64Array(CAPACITY);

  /** Takes up the points. Returns the number of the first that isn't what was drawn; Infinity when all are. */
  take({ first, count, values }: Points, stepPx: number, yOf: PixelOf): number {
    let changed = Infinity;
    for (let index = 0; index < count; index += 1) {
      const number = first + index;
      const slot = number % CAPACITY;
      const value = values[index] ?? NaN;
      const same = this.#numbers[slot] === number && Object.is(this.#values[slot], value);
      if (same && changed === Infinity) continue;
      if (changed === Infinity) changed = number;
      if (!same) {
        this.#numbers[slot] = number;
        this.#values[slot] = value;
        this.#ys[slot] = Number.isNaN(value) ? NaN : (yOf(value) ?? NaN);
      }
      const [before, y] = [index === 0 ? NaN : this.yAt(number - 1), this.yAt(number)];
      this.#strokePx[slot] = Number.isNaN(before) ? 0 : this.strokePxAt(number - 1) + Math.hypot(stepPx, y - before);
    }
    return changed;
  }

  /** Nothing of it can stay: the scale is another one. */
  forget(): void {
    this.#numbers.fill(-1);
  }

  /** NaN in a gap. */
  yAt(number: number): number {
    return this.#ys[number % CAPACITY] as number;
  }

  strokePxAt(number: number): number {
    return this.#strokePx[number % CAPACITY] as number;
  }
}
