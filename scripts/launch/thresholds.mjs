// @ts-check
import { ArgumentError } from './arguments.mjs';

/** What may be limited, as a person may write it, and its name in the result. */
const metrics = Object.freeze({
  min: 'min',
  p50: 'p50',
  median: 'p50',
  p90: 'p90',
  p99: 'p99',
  'p99.9': 'p99_9',
  p99_9: 'p99_9',
  p999: 'p99_9',
  max: 'max',
  mean: 'mean',
  stdev: 'stdev',
});

const nanoseconds = Object.freeze({ ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9 });

/**
 * Reads a limit such as `unix-dgram.p99<500us`. Whether there is such a method the engine knows.
 *
 * @param {string} text
 * @throws {ArgumentError}
 */
export function parseThreshold(text) {
  const match = /^\s*([a-z0-9-]+)\.([a-z0-9._]+)\s*(<=?)\s*(\d+(?:\.\d+)?)\s*([a-zµμ]*)\s*$/.exec(text);
  if (match === null) {
    throw new ArgumentError(`--threshold must look like 'unix-dgram.p99<500us', not "${text}".`);
  }
  const [method = '', metric = '', operator = '', number = '', unit = ''] = match.slice(1);
  if (!Object.hasOwn(metrics, metric)) {
    throw new ArgumentError(
      `--threshold "${text}": there is no metric "${metric}". There are: min, p50, p90, p99, p99.9, max, mean, stdev.`,
    );
  }
  if (!Object.hasOwn(nanoseconds, unit)) {
    throw new ArgumentError(`--threshold "${text}": the limit needs a unit: ns, us, ms or s.`);
  }
  // 0.1 ms are 100000 ns and not 100000.00000000001.
  const limitNs = Math.round(Number(number) * nanoseconds[/** @type {keyof typeof nanoseconds} */ (unit)] * 1e3) / 1e3;
  if (!Number.isFinite(limitNs))
    throw new ArgumentError(`--threshold "${metric}" of ${method}: the limit has more digits than a number can have.`);
  return {
    text: text.trim(),
    method,
    metric: metrics[/** @type {keyof typeof metrics} */ (metric)],
    operator,
    limitNs,
  };
}
