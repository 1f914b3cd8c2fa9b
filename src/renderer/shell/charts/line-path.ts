/** Pixels of a value on an axis; undefined when the axis can't say. */
export type PixelOf = (value: number) => number | undefined;

/** The `d` of a line through the values, with gaps where they are null. A value between two gaps becomes a point. */
export function linePath(xs: readonly number[], values: readonly (number | null)[], yOf: PixelOf): string {
  let d = '';
  let open = false;
  for (let i = 0; i < xs.length; i += 1) {
    const value = values[i] ?? null;
    const y = value === null ? undefined : yOf(value);
    if (y === undefined) {
      open = false;
      continue;
    }
    const x = xs[i] ?? 0;
    if (open) d += `L${x.toFixed(1)} ${y.toFixed(1)}`;
    else {
      d += `M${x.toFixed(1)} ${y.toFixed(1)}`;
      // With round caps this alone draws a point; the line goes on from it when there is more.
      d += 'h0';
    }
    open = true;
  }
  return d;
}

/** The `d` of the areas between low and high, one for each run without a gap. */
export function bandPath(
  xs: readonly number[],
  low: readonly (number | null)[],
  high: readonly (number | null)[],
  yOf: PixelOf,
): string {
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

function pixel(value: number | null | undefined, yOf: PixelOf): number | undefined {
  return value === null || value === undefined ? undefined : yOf(value);
}
