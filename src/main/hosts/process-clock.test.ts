import { expect, test } from 'vitest';
import { ProcessClock } from './process-clock';

function clock() {
  const time = { nowNs: 1000 };
  return { time, clock: new ProcessClock(() => time.nowNs) };
}

/** What comes of an answer with this time to a beat that was sent at 1000 and answered by 1500. */
function wrongBy(atNs: number, errorNs = 0): number {
  const { time, clock: asked } = clock();
  asked.ask(1);
  time.nowNs = 1500;
  return asked.answered(1, { atNs, errorNs });
}

test.each([1000, 1250, 1500])('a time of %d between question and answer can be true', (atNs) => {
  expect(wrongBy(atNs)).toBe(0);
});

test.each([
  [990, 10],
  [1507, 7],
  [-1e12, 1e12 + 1000],
])('a time of %d is wrong by %d at least', (atNs, by) => {
  expect(wrongBy(atNs)).toBe(by);
});

test('what a process says of its own error is granted', () => {
  expect(wrongBy(900, 100)).toBe(0);
  expect(wrongBy(900, 99)).toBe(1);
  expect(wrongBy(1600, 60)).toBe(40);
});

test('a beat says when the last answer was here', () => {
  const { time, clock: asked } = clock();
  expect(asked.ask(1)).toEqual({ sentNs: 1000, heard: null });
  time.nowNs = 1200;
  asked.answered(1, null);
  time.nowNs = 2000;
  expect(asked.ask(2)).toEqual({ sentNs: 2000, heard: { beat: 1, atNs: 1200 } });
});

test('an answer to a beat that was never sent, or a second one, says nothing', () => {
  const { time, clock: asked } = clock();
  asked.ask(1);
  time.nowNs = 1200;
  expect(asked.answered(2, { atNs: 0, errorNs: 0 })).toBe(0);
  asked.answered(1, null);
  time.nowNs = 5000;
  expect(asked.answered(1, { atNs: 0, errorNs: 0 })).toBe(0);
  expect(asked.ask(3).heard).toEqual({ beat: 1, atNs: 1200 });
});
