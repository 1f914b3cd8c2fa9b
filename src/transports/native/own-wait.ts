import { isMainThread } from 'node:worker_threads';
import type { OwnWait } from '../../../native';
import { nativeAddon } from './addon';
import { dataPath } from './data-path';

/**
 * How a worker thread that serves channels waits. Left to libuv, a message takes a turn of the event loop; a main thread
 * of Electron's is woken by way of Chromium's besides. Here the thread sleeps in the addon, on its channels' descriptors
 * and its event loop at once, and the one wake-up hands the message on. Timers, ports and Node's own sockets go on as
 * before. Nothing but the start has to be said: the loop itself waits so from then on.
 */

/** An alarm finer than a timer, which are whole milliseconds. One for each thread. */
export interface Alarm {
  /** Calls `ring` once, in so many nanoseconds. Replaces what was set before. */
  set(inNs: number, ring: () => void): void;
  clear(): void;
}

let alarm: Alarm | null = null;

/**
 * Has this thread wait by itself, for the channels that are opened from now on. A further call changes nothing. Null where
 * it can't be: on a main thread, without the addon, and where Node.js alone is to move the bytes.
 */
export function waitByItself(): Alarm | null {
  if (isMainThread || dataPath() === 'node') return null;
  alarm ??= startWaiting();
  return alarm;
}

function startWaiting(): Alarm {
  let ring = () => {};
  const said = new Float64Array(2);
  const serve = () => {
    for (let heard = wait.next(); heard !== undefined; heard = wait.next()) {
      const readAtNs = said[1] as number;
      heard(said[0] as number, undefined, Number.isNaN(readAtNs) ? undefined : readAtNs);
    }
  };
  const wait: OwnWait = nativeAddon().waitByItself(serve, said, () => ring());
  return {
    set(inNs, callback) {
      ring = callback;
      wait.setAlarm(Math.max(0, Math.round(inNs)));
    },
    clear: () => wait.setAlarm(-1),
  };
}
