import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Routes from end to end: real programs and real servers on plain Node.js. Time-outs are generous and decide nothing else. */
export default defineConfig({
  test: {
    root: resolve(import.meta.dirname),
    include: ['**/*.test.ts'],
    globalSetup: ['./support/build-programs.ts'],
    // They wait for deadlines and starting servers more than they work.
    fileParallelism: true,
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    retry: 0,
  },
});
