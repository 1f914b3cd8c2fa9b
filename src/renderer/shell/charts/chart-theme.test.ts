import { expect, test } from 'vitest';
import { DARK_CHART, LIGHT_CHART, type ChartTheme } from './chart-theme';

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [hi = 0, lo = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (hi + 0.05) / (lo + 0.05);
}

test.each<[string, ChartTheme]>([
  ['light', LIGHT_CHART],
  ['dark', DARK_CHART],
])('%s: lines are at least 3:1, text at least 4.5:1', (_, theme) => {
  for (const hue of theme.hues)
    expect([hue, contrast(hue, theme.background)]).toSatisfy(([, ratio]: [string, number]) => ratio >= 3);
  for (const text of [theme.ink, theme.inkSoft, theme.bad, theme.warn, theme.good])
    expect(contrast(text, theme.background)).toBeGreaterThanOrEqual(4.5);
});

test('no hue stands twice', () => {
  for (const { hues } of [LIGHT_CHART, DARK_CHART]) expect(new Set(hues).size).toBe(hues.length);
});
