import { expect, test } from 'vitest';
import { clockText, timeSpan, timeTicks } from './time-axis';

test('the axis grows in steps, and slides once it is as long as it gets', () => {
  expect(timeSpan(0)).toEqual({ fromS: 0, toS: 30 });
  expect(timeSpan(30)).toEqual({ fromS: 0, toS: 30 });
  expect(timeSpan(31)).toEqual({ fromS: 0, toS: 60 });
  expect(timeSpan(1000)).toEqual({ fromS: 100, toS: 1000 });
});

test('labels stand at round times, with room between them', () => {
  expect(timeTicks({ fromS: 0, toS: 60 }, 600)).toEqual([0, 10, 20, 30, 40, 50, 60]);
  expect(timeTicks({ fromS: 0, toS: 900 }, 200)).toEqual([0, 300, 600, 900]);
  expect(timeTicks({ fromS: 110, toS: 1010 }, 300)).toEqual([180, 360, 540, 720, 900]);
});

test('a time is told in minutes and seconds', () => {
  expect([0, 5, 65, 900].map(clockText)).toEqual(['0:00', '0:05', '1:05', '15:00']);
});
