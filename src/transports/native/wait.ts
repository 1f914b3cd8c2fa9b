/**
 * How the native receivers wait. After the last message they look for the next one again and again for a bounded time
 * before they go back to the event loop, whose wake-up costs two thread hops in Electron. They give it up by themselves
 * while it doesn't pay off.
 */

/** Nanoseconds. The browser process has windows to serve: it looks for no longer than its own wake-up would take. */
const BROWSER_SPIN_NS = 20_000;
/** Of every other process: also what the kernel floor is given, so that both wait alike. */
export const PLUGIN_SPIN_NS = 200_000;

/** Messages in one turn of the event loop: then the loop's others have theirs. */
export const MAX_PER_TURN = 64;

/** How long this process looks, nanoseconds. */
export function spinNs(): number {
  return (process as { type?: string }).type === 'browser' ? BROWSER_SPIN_NS : PLUGIN_SPIN_NS;
}
