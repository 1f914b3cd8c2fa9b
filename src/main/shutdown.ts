import { app } from 'electron';
import { followLifeline as follow } from '../node/lifeline';

/** After so long in the steps the process leaves anyway: Chromium ends the children with it. */
const LIMIT_MS = 6000;

export interface Shutdown {
  /** Ends the application in good order, once, with this exit code. */
  (exitCode: number): void;
}

/**
 * One way out for every reason to go: the window closed, a signal, the end of a timed run, the launcher's death, a bug.
 * `lastWork` (exports) may take its time; then `steps` run in order within a limit, each getting its chance even when
 * one before it failed. A second request to go cuts the last work short.
 */
export function createShutdown(
  lastWork: () => Promise<void>,
  steps: ReadonlyArray<() => void | Promise<void>>,
): Shutdown {
  let requests = 0;
  let failed = false;
  let closing = false;
  const close = (exitCode: number) => {
    if (closing) return;
    closing = true;
    const leave = () => app.exit(failed && exitCode === 0 ? 1 : exitCode);
    setTimeout(() => {
      failed = true;
      leave();
    }, LIMIT_MS);
    void runAll(steps).then((stepsFailed) => {
      failed ||= stepsFailed;
      leave();
    });
  };
  const shutDown: Shutdown = (exitCode) => {
    requests += 1;
    if (requests > 1) return close(1);
    lastWork()
      .catch((error: unknown) => {
        failed = true;
        console.error(error instanceof Error ? error.message : error);
      })
      .finally(() => close(exitCode));
  };
  app.on('before-quit', (event) => {
    event.preventDefault();
    shutDown(0);
  });
  app.on('window-all-closed', () => shutDown(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => shutDown(0));
  return shutDown;
}

/** Ends the application when the launcher's end of this descriptor closes: a killed launcher leaves no orphan. */
export function followLifeline(descriptor: string | undefined, shutDown: Shutdown): void {
  follow((failed) => shutDown(failed ? 1 : 0), descriptor);
}

/** A bug of Bulkhead's own: say what it was, and leave in good order rather than go on in an unknown state. */
export function endOnBugs(shutDown: Shutdown): void {
  const report = (error: unknown) => {
    console.error('Bulkhead met an error of its own and is closing. Please report this:', error);
    shutDown(70);
  };
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}

async function runAll(steps: ReadonlyArray<() => void | Promise<void>>): Promise<boolean> {
  let failed = false;
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      failed = true;
      console.error('Bulkhead could not close everything in good order:', error);
    }
  }
  return failed;
}
