// @ts-check
import process from 'node:process';

const codes = Object.freeze({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });

/**
 * Makes the usual signals end this process through its `exit` event, where child
 * processes are ended and the set-up lock is released. Without a handler Node
 * dies at once and skips both.
 *
 * @returns {() => void} takes the handlers away again
 */
export function exitOnSignals() {
  const undo = Object.entries(codes).map(([signal, code]) => {
    const handler = () => process.exit(code);
    process.on(signal, handler);
    return () => process.removeListener(signal, handler);
  });
  return () => undo.forEach((remove) => remove());
}
