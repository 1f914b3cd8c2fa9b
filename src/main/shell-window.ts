import { app, BrowserWindow, dialog } from 'electron';
import { lockedDown } from './security/harden';

/**
 * The one window. Its own page is the shell; the tabs' pages are views on top of it. It is never throttled: a covered
 * window would measure seconds.
 */
export function createShellWindow(preload: string, icon: string, headless: boolean): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Bulkhead',
    width: 1280,
    height: 820,
    minWidth: 1000,
    minHeight: 700,
    icon,
    show: false,
    // Headless Ozone has no window frame to draw: with one, creating the window crashes the browser process.
    frame: !headless,
    backgroundColor: '#101820',
    webPreferences: lockedDown({ preload }),
  });
  // Once there is something to see. Headless Ozone has no display to show it on, and paints at full speed only what is
  // shown. Under Chromium's own `--headless` showing it ends Electron 33, and on other systems a window that nobody asked
  // for would come up.
  const hidden = headless && (process.platform !== 'linux' || app.commandLine.hasSwitch('headless'));
  if (!hidden) window.once('ready-to-show', () => window.show());
  return window;
}

/** The window's page died again and again. Asks in a box of the system's, for which no page is needed. */
export async function askAboutLostPage(window: BrowserWindow): Promise<'try-again' | 'quit'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    title: 'Bulkhead',
    message: "The window's own page has ended three times within five minutes.",
    detail:
      'Measuring goes on. If another try does not bring the page back, close Bulkhead and start it again: the process that starts pages may itself be gone.',
    buttons: ['Try again', 'Close Bulkhead'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 0 ? 'try-again' : 'quit';
}
