import { app, type Session, type WebPreferences } from 'electron';
import { readAddress } from '../../shared/site';
import { SHELL_ORIGIN } from '../scheme';

/** What every page of the application runs under, whatever else it needs. Not throttled: it is measured. */
export function lockedDown(needs: Pick<WebPreferences, 'preload' | 'session'>): WebPreferences {
  return {
    ...needs,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
    backgroundThrottling: false,
  };
}

/** No page gets a permission: nothing here needs a camera, a position, a clipboard or a device. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

/** Filters what any web contents may do: no webviews, no windows, and no navigation but to the addresses of its kind. */
export function filterNavigation(remoteAllowed: boolean): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // Tabs replace this with one that opens a tab.
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    const filter = (event: Electron.Event, url: string) => {
      const inShell = contents.getURL().startsWith(`${SHELL_ORIGIN}/`);
      if (inShell || readAddress(url, remoteAllowed).kind === 'refused') event.preventDefault();
    };
    contents.on('will-navigate', (event) => filter(event, event.url));
    contents.on('will-redirect', (event) => filter(event, event.url));
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) filter(event, event.url);
    });
  });
}
