/**
 * How the native receivers wait. Where the next message may follow the last one at once, they look for it for a bounded
 * time before they go back to sleep, from which waking up costs more than the looking. They give it up by themselves
 * while it doesn't pay off.
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
let sleepsBetween = false;

/** This process has one channel for all its life, as the benchmark's have. To be said before the channel is opened. */
export function serveOneChannel(): void {
  wait = ALONE;
}

/**
 * Whether messages that come at this rate come so far apart that no end would meet the next one while it looks.
 *
 * @param ratePerSecond null: the next one is sent as soon as the last one is answered
 */
export function comesSeldom(ratePerSecond: number | null): boolean {
  return ratePerSecond !== null && 1e9 / ratePerSecond > ALONE.spinNs;
}

/**
 * Messages come seldom here: where an end can sleep on a descriptor, it sleeps at once, as the floor of an open loop does.
 * To be said before the channels are opened.
 */
export function sleepBetweenMessages(): void {
  sleepsBetween = true;
}

export function waitHere(): Wait {
  return wait;
}

/** `spinNs` of an end that can sleep on a descriptor instead. */
export function descriptorSpinNs(): number {
  return sleepsBetween ? 0 : wait.spinNs;
}
