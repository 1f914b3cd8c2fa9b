import { setTimeout as delay } from 'node:timers/promises';

/** Against hanging only: nothing that works comes near it on the slowest machine. */
const LIMIT_MS = 20_000;

/** Waits until `condition` holds. Rejects with a sentence that says what never came. */
export async function until(condition: () => boolean, what: string | (() => string)): Promise<void> {
  const deadlineMs = performance.now() + LIMIT_MS;
  while (!condition()) {
    if (performance.now() > deadlineMs)
      throw new Error(
        `within ${LIMIT_MS / 1000} s this did not come true: ${typeof what === 'string' ? what : what()}`,
      );
    await delay(2);
  }
}

/** `promise`, or a rejection when it takes too long. */
export async function within<T>(promise: Promise<T>, limitMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
