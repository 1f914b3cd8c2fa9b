import { defineConfig } from 'vitest/config';
import { resolve } from 'node:path';

/** Whole-app tests: one real application at a time, on real Electron. Time-outs are generous and decide nothing else. */
export default defineConfig({
  test: {
    root: resolve(import.meta.dirname),
    include: ['**/*.test.ts'],
    globalSetup: ['./support/stage.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 90_000,
    retry: 0,
  },
});
