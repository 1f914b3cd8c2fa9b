import { expect, test } from 'vitest';
import { digitsIn, unitOf } from './card-figures';

const shown = (figuresNs: ReadonlyArray<number | null>) => {
  const unit = unitOf(figuresNs);
  return [...figuresNs.map((ns) => digitsIn(unit, ns)), unit];
};

test('up to four digits a card has µs', () => {
  expect(shown([168_000, 1_911_000, 9_999_000])).toEqual(['168', '1,911', '9,999', 'µs']);
  expect(shown([null, 52_300])).toEqual(['–', '52.3', 'µs']);
});

test('where one has more, all beside it are in ms', () => {
  expect(shown([168_000, 12_345_000, 366_342_000])).toEqual(['0.17', '12.3', '366', 'ms']);
  expect(shown([null, 9_999_600])).toEqual(['–', '10.0', 'ms']);
});

test('no figure takes more than five characters up to the longest time limit', () => {
  for (let ns = 20_000; ns < 9.999e9; ns *= 1.3)
    for (const text of [digitsIn(unitOf([ns]), ns), digitsIn('ms', ns)]) expect(text.length).toBeLessThanOrEqual(5);
});
