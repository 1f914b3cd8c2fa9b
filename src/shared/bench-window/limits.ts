/** What the window's form takes. Apart from the schema, which brings zod along: the shell reads these too. */
export const BENCH_LIMITS = {
  sizeBytes: { min: 0, max: 1024 * 1024 },
  /** Different sizes in one run. */
  sizes: 16,
  cycles: { min: 1, max: 5_000_000 },
  ratePerSecond: { min: 1, max: 10_000 },
  durationS: { min: 0.1, max: 86_400 },
  rounds: { min: 1, max: 100 },
  warmup: { min: 0, max: 5_000_000 },
  timeoutMs: { min: 10, max: 60_000 },
} as const;

/** Of the results that are kept on disk. */
export const RESULT_LIMITS = { kept: 100, name: 80, note: 500 } as const;
