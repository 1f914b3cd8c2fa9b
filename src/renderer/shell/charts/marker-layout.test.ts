import { expect, test } from 'vitest';
import { layoutMarkers } from './marker-layout';

const widthOf = (text: string): number => text.length * 6;
const rows = (words: number, numbers = 0) => ({ words, numbers });
const label = (id: number, x: number, text = 'alpha.test crashed', short = 'crash') => ({ id, x, text, short });

test('labels far apart share the first row and end at their lines', () => {
  const placed = layoutMarkers([label(1, 200), label(2, 500)], 0, rows(3), widthOf);
  expect(placed.map((p) => p.row)).toEqual([0, 0]);
  expect(placed.map((p) => p.textX)).toEqual([500 - 18 * 6, 200 - 18 * 6]);
});

test('close ones are stacked, then shortened, then left out, the older before the newer', () => {
  const placed = layoutMarkers([label(1, 200), label(2, 205), label(3, 240), label(4, 245)], 0, rows(2), widthOf);
  expect(placed.map((p) => [p.id, p.row])).toEqual([
    [4, 0],
    [3, 1],
    [2, null],
    [1, null],
  ]);
  const shortened = layoutMarkers([label(1, 60), label(2, 200)], 0, rows(1), widthOf);
  expect(shortened.map((p) => p.text)).toEqual(['alpha.test crashed', 'crash']);
  expect(layoutMarkers([label(1, 200), label(2, 201)], 0, rows(1), widthOf).find((p) => p.id === 1)?.row).toBeNull();
});

test('nothing overlaps in a row', () => {
  const labels = Array.from({ length: 40 }, (_, i) => label(i, (i * 37) % 700));
  const placed = layoutMarkers(labels, 0, rows(3), widthOf);
  for (const a of placed) {
    for (const b of placed) {
      if (a.id === b.id || a.row === null || a.row !== b.row) continue;
      const [left, right] = a.textX <= b.textX ? [a, b] : [b, a];
      expect(left.textX + widthOf(left.text)).toBeLessThanOrEqual(right.textX);
    }
  }
});

test('a label near the left edge stays in the plot', () => {
  expect(layoutMarkers([label(1, 70)], 60, rows(3), widthOf)[0]?.textX).toBe(60);
});

test('markers of one moment all have at least their number', () => {
  const crowd = Array.from({ length: 9 }, (_, i) => label(i + 10, 400 + i));
  const placed = layoutMarkers(crowd, 0, rows(4, 10), widthOf);
  expect(placed.every(({ row }) => row !== null)).toBe(true);
  expect(placed.filter(({ text, id }) => text === String(id)).length).toBe(5);
  expect(placed.filter(({ text }) => text === 'alpha.test crashed').length).toBe(4);
});
