import { expect, test } from 'vitest';
import { FINE_CLOCK } from './fixtures';
import { madeRun, oldRun, unavailableRun } from './made-runs';
import { benchReportHtml } from './report-html';
import type { BenchResult, BenchRun } from './schema';

function resultOf(runs: BenchRun[], changes: Partial<BenchResult['environment']> = {}): BenchResult {
  return {
    version: 1,
    environment: {
      began_at: '2026-01-02T03:04:05Z',
      interrupted: false,
      bulkhead: '1.0.0',
      electron: '45.0.0',
      chrome: '140',
      node: '22',
      v8: '14',
      runtime_origin: 'downloaded',
      os: 'linux 6',
      cpu: 'A CPU',
      cores: 2,
      memory_bytes: 2 ** 33,
      sandboxed: true,
      load_average: 0.25,
      max_dgram_qlen: 10,
      clock: { source: 'monotonic', resolution_ns: FINE_CLOCK.resolutionNs, overhead_ns: FINE_CLOCK.overheadNs },
      ...changes,
    },
    runs,
  };
}

const two = [madeRun(10_000, { method: 'fifo' }), madeRun(30_000, { method: 'tcp' })];

test('nothing in the page is fetched from anywhere, and its policy allows no script', () => {
  const html = benchReportHtml(resultOf(two), null);
  expect(html).not.toMatch(/https?:|\/\/[a-z]|@import|url\(/i);
  expect(html).not.toMatch(/<(script|link|img|iframe|object|embed|base)\b/i);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/script-src|connect-src/);
});

test('a box for each run with figures, each named with its median', () => {
  const html = benchReportHtml(resultOf([...two, unavailableRun('No addon.', { method: 'shmem' })]), null);
  expect(html.match(/<svg class="h\d" height="24" role="img"/g)).toHaveLength(2);
  expect(html).toMatch(/aria-label="Named pipe: median 10\.5.µs/);
  expect(html).toContain('Shared memory: not measured. No addon.');
});

test('the answers are those of the card', () => {
  const html = benchReportHtml(resultOf(two), null);
  expect(html).toContain('Fastest');
  expect(html).toMatch(/<strong>Named pipe<\/strong> 10\.5.µs/);
  expect(html).toMatch(/Then TCP, 30\.5.µs/);
});

test('one size has no plot of sizes; several have a line for each method', () => {
  expect(benchReportHtml(resultOf(two), null)).not.toContain('Median against size');
  const sizes = [64, 1024, 65_536].flatMap((size) => two.map((run) => ({ ...run, size })));
  const html = benchReportHtml(resultOf(sizes), null);
  expect(html).toContain('Median against size');
  expect(html.match(/<g class="h\d">/g)).toHaveLength(2);
  expect(html.match(/<circle cx="[\d.]+%" cy="[\d.]+" r="3"\/>/g)).toHaveLength(6);
});

test('marks lie in the order of what they stand for', () => {
  const html = benchReportHtml(resultOf(two), null);
  const medians = [...html.matchAll(/class="median" x1="([\d.]+)%"/g)].map(([, at]) => Number(at));
  expect(medians).toHaveLength(2);
  expect(medians[0] as number).toBeLessThan(medians[1] as number);
});

test('a result of an earlier version, without distributions, is drawn from what it has', () => {
  const html = benchReportHtml(resultOf([oldRun(10_000), madeRun(30_000, { method: 'tcp' })]), null);
  expect(html.match(/class="median"/g)).toHaveLength(2);
  expect(html.match(/<rect /g)).toHaveLength(1);
});

test('a result without a run is a whole page, and says that nothing was measured', () => {
  const html = benchReportHtml(resultOf([], { interrupted: true, clock: null }), null);
  expect(html).toContain('Nothing was measured.');
  expect(html).toContain('Interrupted');
  expect(html.trimEnd().endsWith('</html>')).toBe(true);
});

test('what the person calls it is its title, as text', () => {
  const html = benchReportHtml(resultOf(two), { name: '<b>before', note: '"x" & y' });
  expect(html).toContain('<title>Bulkhead benchmark: &#60;b&#62;before</title>');
  expect(html).toContain('<p>&#34;x&#34; &#38; y</p>');
});

test('what is unknown to this version is text as well', () => {
  const html = benchReportHtml(resultOf([madeRun(1000, { method: '<i>pigeon', route: '<u>' })]), null);
  expect(html).not.toMatch(/<i>pigeon|<u>/);
});

test('it is light or dark as the reader’s system is', () => {
  const html = benchReportHtml(resultOf(two), null);
  expect(html).toContain('color-scheme:light dark');
  expect(html).toMatch(/@media \(prefers-color-scheme:dark\)\{:root\{/);
});
