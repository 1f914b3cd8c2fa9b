import { expect, test } from 'vitest';
import { placeTooltip } from './tooltip-placement';

const WINDOW = { width: 1000, height: 700 };
const SIZE = { width: 200, height: 40 };
const at = (left: number, top: number) => ({ left, top, width: 60, height: 20 });

test('above its target, in the middle', () => {
  expect(placeTooltip(at(400, 300), SIZE, WINDOW, null)).toEqual({ left: 330, top: 254 });
});

test('below a target at the top of the window', () => {
  expect(placeTooltip(at(400, 10), SIZE, WINDOW, null).top).toBe(36);
});

test('inside the window, however near its edge the target is, and however high it is itself', () => {
  expect(placeTooltip(at(0, 300), SIZE, WINDOW, null).left).toBe(8);
  expect(placeTooltip(at(980, 300), SIZE, WINDOW, null).left).toBe(792);
  expect(placeTooltip(at(400, 300), { width: 200, height: 690 }, WINDOW, null).top).toBe(8);
});

test('left of what would be drawn over it', () => {
  const page = { left: 600, top: 400, width: 400, height: 270 };
  expect(placeTooltip(at(800, 675), SIZE, WINDOW, page)).toEqual({ left: 394, top: 629 });
  expect(placeTooltip(at(800, 380), SIZE, WINDOW, page).left).toBe(730);
});
