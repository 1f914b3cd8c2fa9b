import { app, type Session, type WebPreferences } from 'electron';
import { readAddress } from '../../shared/address';
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
    // A page's alert ends the browser process where GTK has no display, and without end it would keep a person busy.
    disableDialogs: true,
    // showOpenFilePicker and its like, which no permission handler is asked about.
    disableBlinkFeatures: 'FileSystemAccessLocal',
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

/** What a remote page may do in its own document: all but modal dialogs, the print dialog among them, and downloads. */
const REMOTE_SANDBOX =
  'sandbox allow-same-origin allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-top-navigation';

/** Adds a sandbox to whatever policy a remote page brings. The built-in pages have theirs in `site-scheme.ts`. */
export function sandboxRemotePages(session: Session): void {
  const filter = { urls: ['https://*/*'], types: ['mainFrame' as const, 'subFrame' as const] };
  session.webRequest.onHeadersReceived(filter, ({ responseHeaders = {} }, answer) => {
    const name = Object.keys(responseHeaders).find((each) => each.toLowerCase() === 'content-security-policy');
    const policies = name === undefined ? [] : (responseHeaders[name] ?? []);
    answer({
      responseHeaders: { ...responseHeaders, [name ?? 'content-security-policy']: [...policies, REMOTE_SANDBOX] },
    });
  });
}

/**
 * Nothing of this session goes to the network: its proxy is a port that nobody can listen at without being root. No
 * content security policy keeps WebRTC from a TURN server over TCP.
 */
export async function closeNetwork(session: Session): Promise<void> {
  await session.setProxy({
    mode: 'fixed_servers',
    proxyRules: 'socks5://127.0.0.1:1',
    proxyBypassRules: '<-loopback>',
  });
}

/** A server that asks who the person is gets no answer: by default Electron would send the first certificate it finds. */
export function withholdClientCertificates(): void {
  app.on('select-client-certificate', (event, _contents, _url, _certificates, answer) => {
    event.preventDefault();
    // The connection goes on without one.
    answer();
  });
}

/** Filters what any web contents may do: no webviews, no windows, and no navigation but to the addresses of its kind. */
export function filterNavigation(remoteAllowed: boolean): void {
  app.on('web-contents-created', (_event, contents) => {
    // No UDP but through a proxy, of which there is none that carries it: no STUN packet tells anybody the addresses here.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // Unprevented, a page that would rather stay can't be left or closed: the event stands for the question to the person.
    contents.on('will-prevent-unload', (event) => event.preventDefault());
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
