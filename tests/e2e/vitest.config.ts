import { defineConfig } from 'vitest/config';
import { resolve } from 'node:path';

/**
 * Whole-app tests: real applications on real Electron. Time-outs are generous and decide nothing else: they outlast what
 * is waited for in a test, so that a failure says what did not come.
 */
export default defineConfig({
  test: {
    root: resolve(import.meta.dirname),
    include: ['**/*.test.ts'],
    globalSetup: ['./support/stage.ts'],
    // They wait more than they work.
    fileParallelism: true,
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    retry: 0,
  },
});
