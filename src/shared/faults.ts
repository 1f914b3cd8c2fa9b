/**
 * What a process can be asked to do to itself, by name: plain code, which plugins and the preloads of sites run alike. The
 * action that asks for it is a row in `process-actions.ts`.
 */
export const FAULTS = {
  /** Blocks this thread, and its event loop, by spinning. */
  hang(durationMs) {
    const until = performance.now() + durationMs;
    while (performance.now() < until);
  },
} as const satisfies Record<string, (durationMs: number) => void>;
export type FaultId = keyof typeof FAULTS;
