import type { EventKind } from './event-kinds';

interface TerminationRow {
  /** The event that it makes. */
  event: EventKind;
  /** Chromium's own names for it. */
  chromium: readonly string[];
}

/**
 * Why a process ended: Chromium's reasons, and those that only a supervisor can tell. One row each; the recording's
 * schema and the events derive from it, and each has its words in `messages/english/terminations.ts`.
 */
export const TERMINATION_REASONS = {
  'clean-exit': { event: 'exit', chromium: ['clean-exit'] },
  'abnormal-exit': { event: 'crash', chromium: ['abnormal-exit'] },
  killed: { event: 'kill', chromium: ['killed'] },
  crashed: { event: 'crash', chromium: ['crashed'] },
  'out-of-memory': { event: 'crash', chromium: ['oom', 'memory-eviction'] },
  'launch-failed': { event: 'crash', chromium: ['launch-failed'] },
  'integrity-failure': { event: 'crash', chromium: ['integrity-failure'] },
} as const satisfies Record<string, TerminationRow>;

export type TerminationReason = keyof typeof TERMINATION_REASONS;

export const TERMINATION_REASON_NAMES = Object.keys(TERMINATION_REASONS) as [TerminationReason, ...TerminationReason[]];

const BY_CHROMIUM: ReadonlyMap<string, TerminationReason> = new Map(
  TERMINATION_REASON_NAMES.flatMap((reason) =>
    TERMINATION_REASONS[reason].chromium.map((name) => [name, reason] as const),
  ),
);

/** Chromium's name for why a process ended (`oom`, `crashed`, …) as Bulkhead's. */
export function terminationReason(chromium: string): TerminationReason {
  return BY_CHROMIUM.get(chromium) ?? 'crashed';
}
