import { app } from 'electron';
import { followLifeline } from '../node/lifeline';
import { keepInspectorShut, onUncaught } from '../node/own-process';
import { groupOf, signalAtOnce } from './process-table';
import { Shutdown } from './shutdown';

/** The application's way out, followed by all that may ask for it. To be made before anything that can fail. */
export function createShutdown(): Shutdown {
  const shutDown = new Shutdown((exitCode) => {
    // Chromium waits on its way out for what it is only just starting. One that is stopped would have it wait for ever.
    for (const pid of groupOf(process.pid)) signalAtOnce(pid, 'SIGCONT');
    app.exit(exitCode);
  });
  keepInspectorShut();
  onUncaught((error) => shutDown.bug(error));
  app.on('before-quit', (event) => {
    event.preventDefault();
    shutDown.request();
  });
  app.on('window-all-closed', () => shutDown.request());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => shutDown.request());
  followLifeline((failed) => shutDown.request(failed ? 1 : 0));
  return shutDown;
}
