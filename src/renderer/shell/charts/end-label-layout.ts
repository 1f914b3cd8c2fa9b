export const END_LABEL_PX = 10.5;
const ROW_PX = 13;
/** An average character's width as a share of the font size, on the generous side. */
const CHAR = 0.6;
const LEADER_PX = 14;
/** Of the chart's width, at most. */
const SHARE = 0.22;

/** Room to the right of the plot for labels at the lines' ends, px; 0 when there is none for all of them. */
export function endLabelRoom(labels: readonly string[], width: number, plotHeight: number): number {
  if (labels.length === 0 || labels.length * ROW_PX > plotHeight) return 0;
  const wanted = LEADER_PX + Math.max(...labels.map(({ length }) => length)) * END_LABEL_PX * CHAR;
  return wanted <= width * SHARE ? Math.ceil(wanted) : 0;
}

/** Each label as close to its line's end as the others leave room, in the order of the ends, between `top` and `bottom`. */
export function spreadLabels<T extends { y: number }>(
  ends: readonly T[],
  top: number,
  bottom: number,
): (T & { labelY: number })[] {
  const half = ROW_PX / 2;
  const placed = ends
    .toSorted((a, b) => a.y - b.y)
    .map((end) => ({ ...end, labelY: Math.min(bottom - half, Math.max(top + half, end.y)) }));
  let free = top + half;
  for (const label of placed) {
    label.labelY = Math.max(label.labelY, free);
    free = label.labelY + ROW_PX;
  }
  free = bottom - half;
  for (const label of placed.toReversed()) {
    label.labelY = Math.min(label.labelY, free);
    free = label.labelY - ROW_PX;
  }
  return placed;
}
