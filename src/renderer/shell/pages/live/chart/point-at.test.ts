import { expect, test } from 'vitest';
import { type ClickedPlot, pointAt } from './point-at';

const PLOT = { height: 300, domain: [10, 10_000] as const, scale: 'log' as const, timing: 'sent' as const };
const CLICK = { atNs: 5e9, y: 200, pointNs: 2e8 };

function rttAt(plot: ClickedPlot, medians: readonly number[]): number | null {
  const ping = pointAt(plot, CLICK, medians)?.ping;
  return ping?.kind === 'near' ? ping.rttNs : null;
}

test('the nearest line, and the round trip that stands at the height of the click', () => {
  // 100 px a decade: 200 px from the top is 100 µs.
  expect(pointAt(PLOT, CLICK, [1000, 110, Number.NaN])).toMatchObject({
    line: 1,
    ping: { kind: 'near', atNs: 5e9, withinNs: 2e8, timing: 'sent' },
  });
  expect(rttAt(PLOT, [110])).toBeCloseTo(100_000);
});

test('on a linear axis too', () => {
  const linear = { ...PLOT, domain: [0, 300] as const, scale: 'linear' as const };
  expect(rttAt(linear, [105])).toBeCloseTo(100_000);
});

test('far from every line there is no ping', () => {
  expect(pointAt(PLOT, CLICK, [1000, Number.NaN])).toBeNull();
  expect(pointAt(PLOT, CLICK, [])).toBeNull();
});
