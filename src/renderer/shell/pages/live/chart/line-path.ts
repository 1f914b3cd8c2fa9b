/** Pixels of a value on an axis; undefined when the axis can't say. */
export type PixelOf = (value: number) => number | undefined;

/**
 * The `d` of a line, with gaps where a value is NaN or can't be placed. A value between two gaps becomes a point: with
 * round caps M and h0 alone draw one, and the line goes on from it when there is more.
 */
export function linePath(xs: readonly number[], values: ArrayLike<number>, yOf: PixelOf): string {
  let d = '';
  let drawing = false;
  xs.forEach((x, index) => {
    const y = pixel(values[index], yOf);
    if (y !== undefined) d += drawing ? `L${x.toFixed(1)} ${y.toFixed(1)}` : `M${x.toFixed(1)} ${y.toFixed(1)}h0`;
    drawing = y !== undefined;
  });
  return d;
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
