import type { WebContents } from 'electron';

/**
 * What a page can make the browser process do by itself, in roughly the bytes that it has to handle. A page spends them
 * from its budget: a site that works hard stays far below, one that floods is through with it in a moment.
 */
export const PAGE_BUDGET = { burst: 16 * 1024 * 1024, perSecond: 2 * 1024 * 1024 };

/** Any message, however short. */
const MESSAGE_BYTES = 1024;
/** A frame that is made, and a navigation, also one within the document, apart from its address. */
const FRAME_BYTES = 32 * 1024;
const NAVIGATION_BYTES = 16 * 1024;
/** Chromium keeps an address, parses it and hands it on several times. */
const COPIES_OF_ADDRESS = 8;
/** A document that starts: a control port and its site's channels. */
const DOCUMENT_BYTES = 128 * 1024;
const WINDOW_BYTES = 64 * 1024;

export const PAGE_COSTS = {
  document: DOCUMENT_BYTES,
  window: (url: string) => WINDOW_BYTES + url.length,
  invoke: (said: unknown) => MESSAGE_BYTES + (said instanceof Uint8Array ? said.byteLength : 0),
};

/** Calls `spend` for everything that the page says by events of its web contents. */
export function meterPage(contents: WebContents, spend: (bytes: number) => void): void {
  contents.on('did-start-navigation', ({ url }) => spend(NAVIGATION_BYTES + COPIES_OF_ADDRESS * url.length));
  contents.on('frame-created', () => spend(FRAME_BYTES));
  contents.on('will-prevent-unload', () => spend(NAVIGATION_BYTES));
  contents.on('page-title-updated', (_event, title) => spend(MESSAGE_BYTES + title.length));
  contents.on('page-favicon-updated', (_event, icons) =>
    spend(MESSAGE_BYTES + icons.reduce((length, url) => length + url.length, 0)),
  );
  contents.on('did-change-theme-color', () => spend(MESSAGE_BYTES));
  // Up to Electron 34 the message is the third argument, and not in the event.
  contents.on('console-message', (event, ...older: unknown[]) =>
    spend(MESSAGE_BYTES + (event.message ?? String(older[1])).length),
  );
}
