/** What became of a ping. The order is part of the recording format. */
export const OUTCOMES = ['pending', 'answered', 'timeout', 'refused', 'window-full', 'peer-gone', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const outcomeCode = Object.fromEntries(OUTCOMES.map((name, code) => [name, code])) as Record<Outcome, number>;

/**
 * Outcomes that count as lost: the ping was due and no pong came in time. `skipped` is no loss: the channel was closed
 * on purpose before the answer was due.
 */
export function isLost(outcome: Outcome): boolean {
  return outcome === 'timeout' || outcome === 'refused' || outcome === 'window-full' || outcome === 'peer-gone';
}
