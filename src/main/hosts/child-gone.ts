import { app } from 'electron';

type Listener = (details: Electron.Details) => void;

const listeners = new Map<string, Listener>();

/**
 * Hears of the bad end of the utility process with this service name. One listener on `app` serves all: each plugin
 * with one of its own would soon look like a leak to Node.
 */
export function onChildGone(serviceName: string, listener: Listener): () => void {
  if (listeners.size === 0) app.on('child-process-gone', dispatch);
  listeners.set(serviceName, listener);
  return () => {
    listeners.delete(serviceName);
    if (listeners.size === 0) app.off('child-process-gone', dispatch);
  };
}

function dispatch(_event: Electron.Event, details: Electron.Details): void {
  if (details.name !== undefined) listeners.get(details.name)?.(details);
}
