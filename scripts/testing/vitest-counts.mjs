// @ts-check
// A vitest reporter that writes what `npm test` adds up. Vitest's own JSON leaves
// out why a test was skipped.
import { writeFileSync } from 'node:fs';
import process from 'node:process';

export default class VitestCounts {
  /**
   * @param {ReadonlyArray<import("vitest/node").TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env.BULKHEAD_TEST_REPORT;
    if (file === undefined) return;
    // An error outside any test fails the run, so it has to be counted somewhere.
    const counts = {
      passed: 0,
      failed: unhandledErrors.length,
      skipped: 0,
      skips: /** @type {import("./totals.mjs").Skip[]} */ ([]),
    };
    for (const module of modules) {
      let failedInside = 0;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') counts.passed += 1;
        else if (result.state === 'skipped') {
          counts.skipped += 1;
          counts.skips.push({ name: test.fullName, reason: result.note ?? 'no reason given' });
        } else failedInside += 1;
      }
      // A file that doesn't load has no failing test, yet failed.
      counts.failed += module.state() === 'failed' && failedInside === 0 ? 1 : failedInside;
    }
    writeFileSync(file, JSON.stringify(counts));
  }
}
