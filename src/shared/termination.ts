import type { TerminationReason } from './process-state';

const REASONS: ReadonlySet<string> = new Set<TerminationReason>([
  'clean-exit',
  'abnormal-exit',
  'killed',
  'crashed',
  'launch-failed',
  'integrity-failure',
]);

/** Chromium's name for why a process ended (`oom`, `crashed`, …) as Bulkhead's. */
export function terminationReason(chromium: string): TerminationReason {
  if (chromium === 'oom' || chromium === 'memory-eviction') return 'out-of-memory';
  return REASONS.has(chromium) ? (chromium as TerminationReason) : 'crashed';
}
