import { expect, test } from 'vitest';
import { endLabelRoom, spreadLabels } from './end-label-layout';

test('labels of lines that end close together keep their order, do not overlap, and stay in the plot', () => {
  const placed = spreadLabels([{ y: 99 }, { y: 98 }, { y: 97 }, { y: 10 }, { y: 300 }], 0, 100);
  const at = placed.map(({ labelY }) => labelY);
  expect(placed.map(({ y }) => y)).toEqual([10, 97, 98, 99, 300]);
  for (const [index, y] of at.entries()) if (index > 0) expect(y - (at[index - 1] ?? 0)).toBeGreaterThanOrEqual(13);
  expect(at[0]).toBe(10);
  expect(at.at(-1)).toBeLessThanOrEqual(100);
});

test('there are labels only where all have room', () => {
  const labels = ['echo · Message port', 'digest · Named pipe'];
  expect(endLabelRoom(labels, 800, 100)).toBeGreaterThan(100);
  expect(endLabelRoom(labels, 500, 100)).toBe(0);
  expect(
    endLabelRoom(
      Array.from({ length: 9 }, () => 'echo'),
      800,
      100,
    ),
  ).toBe(0);
  expect(endLabelRoom([], 800, 100)).toBe(0);
});
