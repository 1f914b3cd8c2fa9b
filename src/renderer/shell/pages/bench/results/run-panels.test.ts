import { expect, test } from 'vitest';
import { LIGHT_CHART } from '../../../charts/chart-theme';
import { resultLines } from './result-lines';
import { panelFacetOf, panelFacets, runPanels } from './run-panels';
import { madeRun } from '../../../../../shared/bench/made-runs';

const METHODS = ['fifo', 'tcp', 'udp'];
const SIZES = [64, 1024, 65536];
const lines = resultLines(
  [
    ...METHODS.flatMap((method) => SIZES.map((size) => madeRun(size, { method, size }))),
    ...SIZES.map((size) => madeRun(size, { method: 'fifo', size, route: 'plugin-browser' })),
  ],
  LIGHT_CHART,
);

test('divided by what differs; sizes are the axis where they are drawn, and boxes have a row each', () => {
  expect(panelFacets('percentile', lines)).toEqual(['method', 'route', 'size']);
  expect(panelFacets('size', lines)).toEqual(['method', 'route']);
  expect(panelFacets('box', lines)).toEqual([]);
  expect(panelFacets('percentile', lines.slice(0, 3))).toEqual(['size']);
});

test('one plot while its lines are told apart, a panel for each method beyond that, and what was chosen before either', () => {
  expect(panelFacetOf(undefined, 'size', lines)).toBeNull();
  expect(panelFacetOf(undefined, 'percentile', lines)).toBe('method');
  expect(panelFacetOf(null, 'percentile', lines)).toBeNull();
  expect(panelFacetOf('route', 'size', lines)).toBe('route');
  expect(panelFacetOf('size', 'size', lines)).toBeNull();
});

test('sizes by method: a line for each route, told apart by its dash and named; colours are the method’s', () => {
  const { panels, domain } = runPanels('size', 'method', lines);
  expect(panels.map(({ title, curves }) => [title, curves.length])).toEqual([
    ['Named pipe', 2],
    ['TCP', 1],
    ['UDP', 1],
  ]);
  const [fifo, tcp] = panels;
  expect(new Set(fifo?.curves.map(({ dash }) => dash)).size).toBe(2);
  expect(new Set(fifo?.curves.map(({ colour }) => colour)).size).toBe(1);
  expect(fifo?.named.map(({ label }) => label)).toEqual(['plugin → plugin', 'plugin → browser']);
  expect(tcp?.named).toEqual([]);
  expect(domain[0]).toBeLessThan(domain[1]);
});

test('percentiles by method: all on one pair of axes, smaller payloads fainter', () => {
  const { panels, x } = runPanels('percentile', 'method', lines);
  const opacities = panels[1]?.curves.map(({ opacity }) => opacity ?? 1) ?? [];
  expect(opacities).toEqual(opacities.toSorted((a, b) => a - b));
  expect(new Set(opacities).size).toBe(3);
  for (const { points } of panels.flatMap(({ curves }) => curves))
    for (const point of points) expect(point.x).toBeLessThanOrEqual(x.end);
});
