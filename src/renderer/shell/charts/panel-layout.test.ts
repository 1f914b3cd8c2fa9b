import { expect, test } from 'vitest';
import { fittingLabels, logScale, panelGrid, panelTicks } from './panel-layout';

test.each([
  [1600, 7],
  [880, 4],
  [390, 1],
])('%d px: %d panels beside each other, of one size, and none beyond the edge', (width, columns) => {
  const { places } = panelGrid(18, width);
  expect(places.filter(({ y }) => y === places[0]?.y)).toHaveLength(columns);
  expect(new Set(places.map((place) => place.width)).size).toBe(1);
  for (const place of places) {
    expect(place.width).toBeGreaterThanOrEqual(190);
    expect(place.x + place.width).toBeLessThanOrEqual(width);
  }
  expect(places.filter(({ first }) => first)).toHaveLength(Math.ceil(18 / columns));
});

test('panels of one row or another do not overlap, and the height holds all', () => {
  const { height, places } = panelGrid(5, 500);
  for (const [index, place] of places.entries())
    for (const below of places.slice(index + 1))
      expect(below.y >= place.y + place.height || below.x >= place.x + place.width).toBe(true);
  expect(Math.max(...places.map((place) => place.y + place.height))).toBeLessThan(height);
});

test('every decade takes as much room', () => {
  const scale = logScale([1, 1000], 100, 400);
  expect([1, 10, 100, 1000].map((value) => Math.round(scale(value)))).toEqual([100, 200, 300, 400]);
});

test('a low panel has the decades, or what there is without any', () => {
  expect(panelTicks([5, 20_000]).map(({ text }) => text)).toEqual(['10 µs', '100 µs', '1 ms', '10 ms']);
  expect(panelTicks([20, 90]).map(({ text }) => text)).toEqual(['20 µs', '50 µs']);
});

test('labels that would touch are left out, and those at the ends stay within the axis', () => {
  const labels = [0, 10, 60, 65, 200].map((at) => ({ at, text: '64 B' }));
  const fitting = fittingLabels(labels, 200);
  expect(fitting.map(({ at }) => at)).toEqual([0, 60, 200]);
  for (const { textAt } of fitting) expect(Math.abs(textAt - 100)).toBeLessThanOrEqual(100 - 12);
});
