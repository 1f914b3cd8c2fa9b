import { setTimeout as delay } from 'node:timers/promises';
import type { RouteMessage } from '../../shared/routes/message';
import type { Deliver, DeliverOutcome } from '../route';

const AGAIN_AFTER_MS = 250;

/**
 * For routes that deliver at most once and can't give a message back: waits for a collector that is away, because what
 * certainly did not arrive may be sent again. Meanwhile the message is in flight, and so fills the bound.
 */
export async function deliverOnce(
  deliver: Deliver,
  message: RouteMessage,
  signal: AbortSignal,
): Promise<DeliverOutcome> {
  for (;;) {
    const outcome = await deliver(message);
    if (outcome.status === 'delivered' || outcome.mayHaveArrived || signal.aborted) return outcome;
    await delay(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
  }
}
