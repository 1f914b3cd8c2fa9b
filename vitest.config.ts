import { defineConfig } from 'vitest/config';

/** Unit tests, beside the files that they test. Whole-app and conformance tests have runners of their own. */
export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'src/**/*.test.tsx',
      'scripts/**/*.test.mjs',
      'native/test/*.test.mjs',
      'tests/structure/*.test.ts',
    ],
    environment: 'node',
    // Two cores are the smallest machine that this has to run on, often a busy one.
    // The native tests compile, and run real processes.
    testTimeout: 90_000,
  },
});
