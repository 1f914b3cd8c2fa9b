/**
 * How the native receivers wait. After the last message they look for the next one for a bounded time before they go
 * back to the event loop, whose wake-up costs two thread hops in Electron. They give it up by themselves while it
 * doesn't pay off.
 */

/** Messages in one turn of the event loop: then the loop's others have theirs. */
export const MAX_PER_TURN = 64;

export interface Wait {
  /** How long to look again and again, nanoseconds. */
  spinNs: number;
  /** How long to sleep on the one futex, nanoseconds, for the transport that sleeps at once. */
  lingerNs: number;
}

/** A process with other channels, windows or control messages to serve looks for no longer than a wake-up takes. */
const AMONG_OTHERS: Wait = { spinNs: 20_000, lingerNs: 0 };
/**
 * A process that serves one channel and nothing else. The sleep is as long as the addon allows: a shorter time-out than
 * the scheduler's tick has the kernel arm a timer for each message, which took 9 µs of each round trip on a virtual machine.
 */
export const ALONE: Wait = { spinNs: 200_000, lingerNs: 2_000_000 };

let wait = AMONG_OTHERS;

/** This process has one channel for all its life, as the benchmark's have. To be said before the channel is opened. */
export function serveOneChannel(): void {
  wait = ALONE;
}

export function waitHere(): Wait {
  return wait;
}
