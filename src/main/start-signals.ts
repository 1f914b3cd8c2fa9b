import { writeSync } from 'node:fs';
import { LIFELINE_VARIABLE } from '../node/lifeline';

/** The launcher's own names for them: `scripts/launch/supervise.mjs`. */
const SIGNALS = { window: 'w', started: 's' } as const;

/** Tells the launcher over the lifeline how far the start has come: one that gets no further it takes for a hang. */
export function tellStart(stage: keyof typeof SIGNALS): void {
  const descriptor = process.env[LIFELINE_VARIABLE];
  if (descriptor === undefined || !/^\d+$/.test(descriptor)) return;
  try {
    writeSync(Number(descriptor), SIGNALS[stage]);
  } catch {
    // The launcher is gone, which the lifeline's reader hears of as well.
  }
}
