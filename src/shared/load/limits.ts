/** Bounds of what a person may ask of a load: the form in the window, the command line and the generator have the same. */
export const LOAD_LIMITS = {
  users: { min: 1, max: 10_000 },
  spawnRate: { min: 0.1, max: 10_000 },
  waitMs: { min: 0, max: 600_000 },
  ratePerSecond: { min: 0.1, max: 100_000 },
  durationS: { min: 0.001, max: 86_400 },
  maxInFlight: { min: 1, max: 10_000 },
  pathLength: 4_096,
} as const;
