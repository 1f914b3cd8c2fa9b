import { app, BrowserWindow, dialog, screen } from 'electron';
import { join } from 'node:path';
import { SHELL_ORIGIN } from './scheme';
import { lockedDown } from './security/harden';
import { fitWindow, LEAST, readWindow, rememberWindow } from './window-bounds';
import { words } from '../shared/messages/message';

/** What it shows. */
export const SHELL_PAGE = `${SHELL_ORIGIN}/shell/index.html`;

/**
 * The one window. Its own page is the shell; the tabs' pages are views on top of it. It is never throttled: a covered
 * window would measure seconds. Its size and position are kept in the profile; a window that nobody sees has the usual
 * ones.
 */
export function createShellWindow(preload: string, icon: string, headless: boolean): BrowserWindow {
  const path = join(app.getPath('userData'), 'window.json');
  const place = headless ? fitWindow(null, []) : fitWindow(readWindow(path), workAreas());
  const window = new BrowserWindow({
    title: 'Bulkhead',
    ...place.bounds,
    minWidth: Math.min(LEAST.width, place.bounds.width),
    minHeight: Math.min(LEAST.height, place.bounds.height),
    icon,
    show: false,
    // Headless Ozone has no window frame to draw: with one, creating the window crashes the browser process.
    frame: !headless,
    backgroundColor: '#101820',
    // Compiled as a whole at the first start and kept in the profile, not only what ran at the second.
    webPreferences: { ...lockedDown({ preload }), v8CacheOptions: 'bypassHeatCheckAndEagerCompile' },
  });
  // Once there is something to see. Headless Ozone has no display to show it on, and paints at full speed only what is
  // shown. Under Chromium's own `--headless` showing it ends Electron 33, and on other systems a window that nobody asked
  // for would come up.
  const hidden = headless && (process.platform !== 'linux' || app.commandLine.hasSwitch('headless'));
  if (!hidden) window.once('ready-to-show', () => window.show());
  if (place.maximized) window.maximize();
  if (!headless) window.on('close', () => rememberWindow(path, window.getNormalBounds(), window.isMaximized()));
  return window;
}

/** In its usual place and size, at its usual zoom. */
export function forgetPlace(window: BrowserWindow): void {
  window.unmaximize();
  window.setBounds(fitWindow(null, workAreas()).bounds);
  window.webContents.setZoomLevel(0);
}

/** Of all screens, the main one first. */
function workAreas(): Electron.Rectangle[] {
  const main = screen.getPrimaryDisplay();
  return [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)].map(({ workArea }) => workArea);
}

/** The window's page died again and again. Asks in a box of the system's, for which no page is needed. */
export async function askAboutLostPage(window: BrowserWindow): Promise<'try-again' | 'quit'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    title: 'Bulkhead',
    message: words('window.lost'),
    detail: words('window.lost-detail'),
    buttons: [words('window.try-again'), words('window.close')],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 0 ? 'try-again' : 'quit';
}
