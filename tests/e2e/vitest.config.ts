import { defineConfig } from 'vitest/config';
import { resolve } from 'node:path';

/** Whole-app tests: real applications on real Electron. Time-outs are generous and decide nothing else. */
export default defineConfig({
  test: {
    root: resolve(import.meta.dirname),
    include: ['**/*.test.ts'],
    globalSetup: ['./support/stage.ts'],
    // They wait more than they work.
    fileParallelism: true,
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 90_000,
    retry: 0,
  },
});
