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
  /** Row from the top, or null when not even its number has room. */
  row: number | null;
}

/** How many rows there are for words, and how many for numbers: those may go further down. */
export interface MarkerRows {
  words: number;
  numbers: number;
}

const GAP = 8;

/**
 * Puts labels into rows without overlap, newest first: in a crowd it is the older ones that are shortened, and then
 * stand as the number that they have in the list of events. A label ends at its line (new ones appear at the right
 * edge) and is pushed right when it would leave the plot on the left.
 */
export function layoutMarkers(
  labels: readonly MarkerLabel[],
  left: number,
  rows: MarkerRows,
  widthOf: (text: string) => number,
): PlacedLabel[] {
  const free = Array.from({ length: Math.max(rows.words, rows.numbers) }, () => Infinity);
  return labels
    .toSorted((a, b) => b.x - a.x || b.id - a.id)
    .map((label) => {
      const tries = [
        { text: label.text, count: rows.words },
        { text: label.short, count: rows.words },
        { text: String(label.id), count: rows.numbers },
      ];
      for (const { text, count } of tries) {
        const width = widthOf(text);
        const textX = Math.max(left, label.x - width);
        const row = free.findIndex((end, index) => index < count && textX + width + GAP <= end);
        if (row < 0) continue;
        free[row] = textX;
        return { ...label, text, textX, row };
      }
      return { ...label, textX: label.x, row: null };
    });
}
