import type { RequestName } from './ipc-contract';

/** The names of Electron's IPC channels, apart from the contract so that preloads stay small. */

export function requestChannel(name: RequestName): string {
  return `bulkhead:request:${name}`;
}

/** What the browser process sends to the shell page, with the feed's MessagePort. */
export const FEED_CHANNEL = 'bulkhead:feed';
/** What a site's preload sends when its page starts, and what it gets back, with its control port. */
export const SITE_HELLO_CHANNEL = 'bulkhead:site-hello';
export const SITE_CONTROL_CHANNEL = 'bulkhead:site-control';
/** What a site's preload invokes, with an address and a frame: the `ipc-invoke` transport. */
export const SITE_INVOKE_CHANNEL = 'bulkhead:site-invoke';
