// @ts-check
import { expect, test } from 'vitest';
import { parseThreshold } from './thresholds.mjs';

test.each([
  ['tcp.p50<250ns', 'p50', '<', 250],
  ['tcp.p99<=1.5us', 'p99', '<=', 1500],
  ['tcp.p99.9<0.1ms', 'p99_9', '<', 100_000],
  ['tcp.p999<2µs', 'p99_9', '<', 2000],
  ['tcp.p99_9<2s', 'p99_9', '<', 2e9],
  ['tcp.median < 5 us', 'p50', '<', 5000],
  ['tcp.stdev<1ms', 'stdev', '<', 1e6],
])('%s', (text, metric, operator, limitNs) => {
  expect(parseThreshold(text)).toEqual({ text, method: 'tcp', metric, operator, limitNs });
});

test.each([
  '',
  'tcp',
  'tcp<5us',
  'p99<5us',
  'tcp.p99>5us',
  'tcp.p99=5us',
  'tcp.p99<-5us',
  'tcp.p99<us',
  'tcp.constructor<5us',
  'tcp.p99<5toString',
  `tcp.p99<${'9'.repeat(400)}s`,
])('%j is refused', (text) => {
  expect(() => parseThreshold(text)).toThrow('--threshold');
});
