import { expect, test } from 'vitest';
import { DARK_CHART, LIGHT_CHART, type ChartTheme } from './chart-theme';

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = linear(hex);
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

type Triple = readonly [number, number, number];

/** What a severe red-green colour blindness makes of linear RGB (Machado, Oliveira and Fernandes 2009), and sight without. */
const SIGHTS: Record<string, readonly Triple[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** In Oklab, where distances are about how different colours look. */
function seen(hex: string, sight: readonly Triple[]): Triple {
  const rgb = linear(hex);
  const [r = 0, g = 0, b = 0] = sight.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, factor, at) => sum + factor * (rgb[at] ?? 0), 0),
      ),
    ),
  );
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

test.each(
  Object.entries(SIGHTS).flatMap(([name, sight]) =>
    [LIGHT_CHART, DARK_CHART].map((theme) => [name, theme.background, sight, theme] as const),
  ),
)('with %s, on %s, any two hues are told apart', (_name, _background, sight, { hues }) => {
  const close = hues.flatMap((a, at) =>
    hues
      .slice(at + 1)
      .map((b) => [a, b, Math.hypot(...seen(a, sight).map((v, i) => v - (seen(b, sight)[i] ?? 0)))] as const)
      .filter(([, , distance]) => distance < 0.07),
  );
  expect(close).toEqual([]);
});
