import { app, BrowserWindow } from 'electron';
import { SHELL_ORIGIN } from './scheme';
import { lockedDown } from './security/harden';

/**
 * The one window. Its own page is the shell; the tabs' pages are views on top of it. It is never throttled: a covered
 * window would measure seconds.
 */
export function createShellWindow(preload: string, icon: string, headless: boolean): BrowserWindow {
  return new BrowserWindow({
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
}

/**
 * Loads the shell's page and shows the window once there is something to see. Headless Ozone has no display to show it
 * on, and paints at full speed only what is shown. Under Chromium's own `--headless` showing it ends Electron 33, and on
 * other systems a window that nobody asked for would come up.
 */
export async function showShell(window: BrowserWindow, headless: boolean): Promise<void> {
  const hidden = headless && (process.platform !== 'linux' || app.commandLine.hasSwitch('headless'));
  if (!hidden) window.once('ready-to-show', () => window.show());
  await window.loadURL(`${SHELL_ORIGIN}/shell/index.html`);
}
