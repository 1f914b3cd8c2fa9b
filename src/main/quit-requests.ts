import { app } from 'electron';
import { keepInspectorShut, onUncaught } from '../transports/own-process';
import { followLifeline, Shutdown } from './shutdown';

/** The application's way out, followed by all that may ask for it. To be made before anything that can fail. */
export function createShutdown(): Shutdown {
  const shutDown = new Shutdown((exitCode) => app.exit(exitCode));
  keepInspectorShut();
  onUncaught((error) => shutDown.bug(error));
  app.on('before-quit', (event) => {
    event.preventDefault();
    shutDown.request();
  });
  app.on('window-all-closed', () => shutDown.request());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => shutDown.request());
  followLifeline(process.env['BULKHEAD_LIFELINE_FD'], (exitCode) => shutDown.request(exitCode));
  return shutDown;
}
