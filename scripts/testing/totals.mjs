// @ts-check

/**
 * @typedef {object} Skip
 * @property {string} name
 * @property {string} reason
 *
 * @typedef {object} StepResult
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {Skip[]} skips
 */

/**
 * @param {readonly StepResult[]} results
 * @returns {StepResult}
 */
export function addUp(results) {
  return results.reduce(
    (sum, { passed, failed, skipped, skips }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
      skips: [...sum.skips, ...skips],
    }),
    { passed: 0, failed: 0, skipped: 0, skips: [] },
  );
}

/**
 * The last line of `npm test`.
 *
 * @param {StepResult} total
 */
export function totalLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * Nothing run is no success.
 *
 * @param {StepResult} total
 */
export function exitCodeOf({ passed, failed }) {
  return failed > 0 || passed === 0 ? 1 : 0;
}

/**
 * A step that only succeeds or fails counts as one test.
 *
 * @param {boolean} ok
 * @returns {StepResult}
 */
export function singleResult(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, skips: [] };
}

/**
 * What a runner's report and its end say together. A report alone isn't trusted:
 * a runner that crashed, ran out of time or wrote none has failed, whatever it
 * counted until then.
 *
 * @param {unknown} report what it wrote, parsed; null when it wrote none
 * @param {string | null} failure how the runner itself failed; null: exit code 0
 * @returns {StepResult & { problem: string | null }}
 */
export function reportedResult(report, failure) {
  const counts = /** @type {Partial<StepResult> | null} */ (report);
  if (counts === null || ![counts.passed, counts.failed, counts.skipped].every((count) => Number.isInteger(count))) {
    return { ...singleResult(false), problem: `it wrote no usable report${failure === null ? '' : ` (${failure})`}` };
  }
  const { passed = 0, failed = 0, skipped = 0, skips = [] } = counts;
  if (failure !== null && failed === 0) return { passed, failed: 1, skipped, skips, problem: failure };
  if (passed + failed + skipped === 0) return { passed, failed: 1, skipped, skips, problem: 'it ran no test' };
  return { passed, failed, skipped, skips, problem: null };
}
