import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { FEED_CHANNEL, requestChannel } from '../shared/ipc-channels';
import type { RequestName, ShellApi } from '../shared/ipc-contract';

const api: ShellApi = {
  // The prefix keeps the page to this contract; a name that isn't in it has no handler and is refused.
  request: (name: RequestName, ...args: unknown[]) => ipcRenderer.invoke(requestChannel(name), ...args),
  pathOf: (file) => webUtils.getPathForFile(file as File),
};

contextBridge.exposeInMainWorld('bulkhead', api);

// Ports can't cross the context bridge; they travel as a message of the window to itself.
ipcRenderer.on(FEED_CHANNEL, (event) => window.postMessage(FEED_CHANNEL, location.origin, event.ports));
