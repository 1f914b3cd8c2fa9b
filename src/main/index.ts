import { app, Menu, session } from 'electron';
import { join } from 'node:path';
import { isSandboxed, readEnvironment } from './environment';
import { endOnDeadNetworkService } from './network-service';
import { readOptions, readRuntimeOrigin } from './options';
import { takeProfile } from './profile-lock';
import { createShutdown } from './quit-requests';
import { registerSchemes, serveShell } from './scheme';
import { denyPermissions, filterNavigation, withholdClientCertificates } from './security/harden';
import { createShellWindow, SHELL_PAGE } from './shell-window';
import type { Shutdown } from './shutdown';
import { tellStart } from './start-signals';
import { setUpSwitches } from './switches';
import { render } from '../shared/messages/message';

const options = readOptions(process.env);
const runtime = readRuntimeOrigin(process.env);
const outDirectory = join(import.meta.dirname, '..');

switch (options.command) {
  case 'run':
    openLaboratory();
    break;
  case 'bench': {
    const { startBench } = await import('./bench-mode');
    void startBench(options, runtime, import.meta.dirname);
    break;
  }
  case 'load': {
    const { startLoad } = await import('./load-mode');
    void startLoad(options, runtime, import.meta.dirname);
    break;
  }
}

/** Before the application is ready: the way out, and what can't be set afterwards. */
function openLaboratory(): void {
  const shutDown = createShutdown();
  endOnDeadNetworkService(shutDown);
  if (options.profileDir !== null) app.setPath('userData', options.profileDir);
  setUpSwitches();
  registerSchemes();
  // Otherwise Electron makes one of its own first.
  Menu.setApplicationMenu(null);
  // Under --no-sandbox (root), asking for it would start children that Chromium refuses to run.
  if (isSandboxed()) app.enableSandbox();
  const refusal = takeProfile();
  if (refusal === null) {
    app
      .whenReady()
      .then(() => openWindow(shutDown))
      .catch((error: unknown) => shutDown.startFailed(error));
  } else {
    console.error(render(refusal.message));
    app.exit(refusal.exitCode);
  }
}

/** The window first: its renderer starts in a process of its own while this one loads and sets up the rest. */
async function openWindow(shutDown: Shutdown): Promise<void> {
  const environment = readEnvironment(options, runtime);
  filterNavigation(environment.runtimeSupported);
  withholdClientCertificates();
  denyPermissions(session.defaultSession);
  let answers = () => {};
  const answering = new Promise<void>((done) => (answers = done));
  serveShell(session.defaultSession, join(outDirectory, 'renderer'), answering);
  const window = createShellWindow(
    join(outDirectory, 'preload/shell.cjs'),
    join(outDirectory, '../resources/icon.png'),
    options.headless,
  );
  tellStart('window');
  // A page that doesn't come is told by the death of its process.
  const page = window.loadURL(SHELL_PAGE).catch(() => undefined);
  const { start } = await import('./start');
  const mainDirectory = import.meta.dirname;
  await start({ options, environment, shutDown, mainDirectory, window, page, answers });
}
