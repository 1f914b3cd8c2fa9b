import { expect, test } from 'vitest';
import type { BenchResult } from '../../../../../shared/bench/schema';
import { comparisonRows, signedPercent } from './comparison-rows';
import { compareResults } from '../../../../../shared/bench/compare';
import { LIGHT_CHART } from '../../../charts/chart-theme';
import { environmentLine } from '../../../../../shared/bench/environment-line';
import { plotCaption, plotLabel } from './plot-caption';
import { madeRun, oldRun } from '../../../../../shared/bench/made-runs';

const result = (runs: BenchResult['runs']): BenchResult => ({
  version: 1,
  environment: {
    bulkhead: '1.0.0',
    electron: '45.0.0',
    os: 'linux 6',
    cpu: 'A CPU',
    cores: 2,
    began_at: '2026-01-02T03:04:05Z',
    load_average: 0,
    clock: null,
  } as BenchResult['environment'],
  runs,
});

test('the environment in a line, with what all runs have in common', () => {
  expect(environmentLine(result([madeRun(1), madeRun(1, { size: 1024 })]))).toBe(
    'placement free · closed loop · 4 cycles in 2 rounds · plugin → plugin · Bulkhead 1.0.0 · Electron 45.0.0 · linux 6 · 2 × A CPU · 2026-01-02',
  );
  expect(environmentLine(result([]))).toMatch(/^Bulkhead/);
});

test('captions speak of what is there', () => {
  expect(plotCaption('box', [madeRun(1)]).join()).toContain('floor');
  expect(plotCaption('box', [madeRun(1, { floor_ns: null })]).join()).not.toContain('floor');
  for (const plot of ['box', 'percentile'] as const) {
    expect(plotCaption(plot, [madeRun(1)]).join()).not.toContain('*');
    expect(plotCaption(plot, [madeRun(1), oldRun(1)]).join()).toContain('* Saved without its distribution');
  }
  expect(plotLabel({ label: 'TCP', run: oldRun(1) })).toBe('TCP *');
  expect(plotLabel({ label: 'TCP', run: madeRun(1, { saturated: true }) })).toBe('TCP ≥');
  expect(plotCaption('box', [madeRun(1, { saturated: true })]).join()).toContain('≥ Overload');
});

test('shares have a sign that is one', () => {
  expect([0.1234, -0.005, 0.0001, -0.5, null].map(signedPercent)).toEqual(
    ['+12', '\u22120.5', '±0', '\u221250'].map((digits) => `${digits}\u202f%`).concat('–'),
  );
});

test('pairs are named like runs, also two of the same', () => {
  const one = result([madeRun(1), madeRun(1)]);
  const rows = comparisonRows(compareResults(one, one).pairs, LIGHT_CHART);
  expect(rows.map(({ label }) => label)).toEqual(['Named pipe', 'Named pipe']);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
});
