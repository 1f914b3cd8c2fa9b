let scratch = new Float64Array(1024);

/**
 * The median of `values` by quickselect, in linear time and without allocating: buckets are read ten times a second.
 * Of an even number of values it is the lower of the two in the middle. NaN when there are none.
 */
export function medianOf(values: ArrayLike<number>): number {
  const length = values.length;
  if (length === 0) return NaN;
  if (scratch.length < length) scratch = new Float64Array(length * 2);
  for (let i = 0; i < length; i += 1) scratch[i] = values[i] ?? NaN;
  return select(scratch, length, (length - 1) >> 1);
}

function select(a: Float64Array, length: number, k: number): number {
  let left = 0;
  let right = length - 1;
  while (left < right) {
    const pivot = a[(left + right) >> 1] ?? 0;
    let i = left;
    let j = right;
    while (i <= j) {
      while ((a[i] ?? 0) < pivot) i += 1;
      while ((a[j] ?? 0) > pivot) j -= 1;
      if (i <= j) {
        const swap = a[i] ?? 0;
        a[i] = a[j] ?? 0;
        a[j] = swap;
        i += 1;
        j -= 1;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return a[k] ?? NaN;
}
