/** A marker's label before it has a place. */
export interface MarkerLabel {
  id: number;
  /** Of its line, px. */
  x: number;
  text: string;
  /** What stays when there is no room for the text. */
  short: string;
}

export interface PlacedLabel extends MarkerLabel {
  /** Left edge of the text, px. */
  textX: number;
  /** Row from the top, or null when not even the short text has room. */
  row: number | null;
}

const GAP = 8;

/**
 * Puts labels into `rows` rows without overlap, newest first: in a crowd it is the older ones that go without. A label
 * ends at its line (new ones appear at the right edge) and is pushed right when it would leave the plot on the left.
 */
export function layoutMarkers(
  labels: readonly MarkerLabel[],
  left: number,
  rows: number,
  widthOf: (text: string) => number,
): PlacedLabel[] {
  const free = Array.from({ length: rows }, () => Infinity);
  return labels
    .toSorted((a, b) => b.x - a.x || b.id - a.id)
    .map((label) => {
      for (const text of [label.text, label.short]) {
        const width = widthOf(text);
        const textX = Math.max(left, label.x - width);
        const row = free.findIndex((end) => textX + width + GAP <= end);
        if (row < 0) continue;
        free[row] = textX;
        return { ...label, text, textX, row };
      }
      return { ...label, textX: label.x, row: null };
    });
}
