import { Socket } from 'node:net';
import { words } from '../shared/messages/message';

/**
 * Pipes under descriptors that whoever started this process has named in the environment or on its command line. It may
 * name one that isn't there: a wrapper closed it, or the system passes none on. Then the process says so and goes on.
 */

/** The lifeline's variable in the environment. */
export const LIFELINE_VARIABLE = 'BULKHEAD_LIFELINE_FD';

/**
 * Calls back, once, when the launcher is gone, however it went: its end of the lifeline closes then. `failed` says that
 * the pipe itself broke. Doesn't keep a process alive that has nothing more to do.
 */
export function followLifeline(
  gone: (failed: boolean) => void,
  descriptor: string | undefined = process.env[LIFELINE_VARIABLE],
): void {
  if (descriptor === undefined) return;
  const lifeline = inheritedPipe(
    /^\d+$/.test(descriptor) ? Number(descriptor) : Number.NaN,
    'read',
    words('start.no-lifeline'),
  );
  if (lifeline === null) return;
  lifeline.on('error', () => undefined);
  lifeline.once('close', gone);
  lifeline.resume();
  lifeline.unref();
}

/** The pipe under a descriptor; null, with a sentence and `consequence` on standard error, when there is none. */
export function inheritedPipe(descriptor: number, direction: 'read' | 'write', consequence: string): Socket | null {
  try {
    return new Socket({ fd: descriptor, readable: direction === 'read', writable: direction === 'write' });
  } catch (error) {
    console.error(words('start.no-pipe', { descriptor, cause: (error as Error).message, consequence }));
    return null;
  }
}
