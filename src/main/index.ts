import { app, session, shell as systemShell } from 'electron';
import { join } from 'node:path';
import { BUILT_IN_HOSTS } from '../shared/site';
import { startBench } from './bench-mode';
import { setUpBenchService } from './bench-runs/index';
import { readEnvironment, isSandboxed } from './environment';
import { ChartRequests } from './export/chart-requests';
import { Exporter } from './export/exporter';
import { Feed } from './feed';
import { FloorMeter } from './floors';
import { runHeadless } from './headless';
import { ShellHost } from './hosts/shell-host';
import { handleRequests, onSiteHello, onSiteInvoke } from './ipc/handle';
import { requestHandlers } from './ipc/request-handlers';
import { Laboratory } from './laboratory';
import { setUpLoad } from './load/index';
import { startLoad } from './load-mode';
import { buildMenu } from './menu';
import { endOnDeadNetworkService } from './network-service';
import { noticesFor } from './notices';
import { readOptions, readRuntimeOrigin } from './options';
import { findPlugins } from './plugins';
import { readFigures } from './processes/figure-source';
import { ownSystem } from './processes/own-system';
import { ProcessMeter } from './processes/process-meter';
import { ProcessRegistry } from './processes/process-registry';
import { takeProfile } from './profile-lock';
import { createShutdown } from './quit-requests';
import { cutRecording } from './recording/cut';
import { RunDirectory } from './run-directory';
import { registerSchemes, serveShell, serveSites } from './scheme';
import {
  closeNetwork,
  denyPermissions,
  filterNavigation,
  sandboxRemotePages,
  withholdClientCertificates,
} from './security/harden';
import { askAboutLostPage, createShellWindow } from './shell-window';
import type { Shutdown } from './shutdown';
import { askToForget } from './settings/forget-settings';
import { openSettings, themeOf } from './settings/open-settings';
import { takeSnapshot } from './snapshot';
import { StandardOutput } from './standard-output';
import { tellStart } from './start-signals';
import { setUpSwitches } from './switches';
import { TabStrip } from './tabs/tab-strip';
import { WrittenFiles } from './written-files';
import { render, words } from '../shared/messages/message';

const options = readOptions(process.env);
const runtime = readRuntimeOrigin(process.env);
const outDirectory = join(import.meta.dirname, '..');

switch (options.command) {
  case 'run':
    openLaboratory();
    break;
  case 'bench':
    void startBench(options, runtime, import.meta.dirname);
    break;
  case 'load':
    void startLoad(options, runtime, import.meta.dirname);
    break;
}

/** Before the application is ready: the way out, and what can't be set afterwards. */
function openLaboratory(): void {
  const shutDown = createShutdown();
  endOnDeadNetworkService(shutDown);
  if (options.profileDir !== null) app.setPath('userData', options.profileDir);
  setUpSwitches();
  registerSchemes();
  // Under --no-sandbox (root), asking for it would start children that Chromium refuses to run.
  if (isSandboxed()) app.enableSandbox();
  const refusal = takeProfile();
  if (refusal === null) {
    app
      .whenReady()
      .then(() => start(shutDown))
      .catch((error: unknown) => shutDown.startFailed(error));
  } else {
    console.error(render(refusal.message));
    app.exit(refusal.exitCode);
  }
}

/** Opens everything in order, each with what closes it: on the way out the order is reversed. */
async function start(shutDown: Shutdown): Promise<void> {
  const environment = readEnvironment(options, runtime);
  const catalog = findPlugins(join(import.meta.dirname, 'plugins'));
  const notices = noticesFor(environment, catalog.refused);
  const directory = new RunDirectory();
  shutDown.onClosing(() => directory.remove());
  const settings = openSettings(notices);
  shutDown.onClosing(() => settings.settled());

  // What is supervised and measured.
  const processes = new ProcessRegistry(ownSystem());
  processes.enter({ pid: process.pid, kind: 'browser', name: 'Browser' });
  const laboratory = new Laboratory({
    directory,
    registry: processes,
    settings: {
      ...settings.probe,
      ...(options.rate === null ? {} : { ratePerSecond: options.rate }),
      ...(options.payloadBytes === null ? {} : { payloadBytes: options.payloadBytes }),
      ...(options.stages && { stages: true }),
    },
    switches: settings.present.channels,
    threadEntry: join(import.meta.dirname, 'measuring-thread.js'),
    onBug: (error) => shutDown.bug(error),
  });

  // The window, its tabs, and what their pages may do.
  const siteSession = session.fromPartition('sites');
  filterNavigation(environment.runtimeSupported);
  withholdClientCertificates();
  for (const each of [session.defaultSession, siteSession]) denyPermissions(each);
  if (environment.runtimeSupported) sandboxRemotePages(siteSession);
  else await closeNetwork(siteSession);
  serveShell(session.defaultSession, join(outDirectory, 'renderer'));
  serveSites(siteSession, join(outDirectory, 'renderer'));
  const window = createShellWindow(
    join(outDirectory, 'preload/shell.cjs'),
    join(outDirectory, '../resources/icon.png'),
    options.headless,
  );
  tellStart('window');
  const shell = new ShellHost(window, laboratory.events, processes, () => {
    console.error(words('window.lost-headless'));
    if (options.headless) return;
    void askAboutLostPage(window).then((answer) => (answer === 'quit' ? shutDown.request() : shell.tryAgain()));
  });
  laboratory.superviseShell(shell);
  const tabs = new TabStrip({
    window,
    session: siteSession,
    preload: join(outDirectory, 'preload/site.cjs'),
    laboratory,
    remoteAllowed: environment.runtimeSupported,
  });
  onSiteHello((contents, frame) => tabs.tabOf(contents)?.pageStarted(frame));
  onSiteInvoke((contents, to, said) => tabs.tabOf(contents)?.answerInvoke(to, said) ?? null);
  window.on('close', (event) => {
    event.preventDefault();
    shutDown.request();
  });
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });

  // What the shell sees and asks for.
  const meter = new ProcessMeter(processes, readFigures, () => {
    for (const host of laboratory.rendererHosts) host.showFigures();
  });
  const floors = new FloorMeter(laboratory);
  const feed = new Feed(laboratory, () => takeSnapshot({ laboratory, tabs, meter, floors, environment, notices }));
  floors.onAdded((floor) => feed.watch(floor));
  tabs.onChanged(() => feed.snapshotSoon());
  const charts = new ChartRequests(feed, () => shell.tryAgain());
  const written = new WrittenFiles((path) => systemShell.showItemInFolder(path));
  const bench = setUpBenchService({ laboratory, processes, window, feed, directory, written });
  const load = setUpLoad({
    ...{ laboratory, processes, window, feed, directory, written, environment },
    outDirectory: import.meta.dirname,
  });
  const output = new StandardOutput();
  const exporter = new Exporter({
    cut: () => cutRecording(laboratory, floors, meter, environment),
    charts,
    feed,
    window,
    written,
    tell: (line) => output.write(`${line}\n`),
  });
  handleRequests(
    window.webContents,
    requestHandlers({
      laboratory,
      tabs,
      bench,
      settings,
      written,
      load: load.requests,
      openFeed: () => {
        shell.opened();
        feed.open(window.webContents);
        bench.announce();
        load.announce();
      },
      exportAs: (format) => exporter.exportAs(format),
      cancelExport: (jobId) => exporter.cancel(jobId),
      chartRendered: (requestId, result) => charts.rendered(requestId, result),
    }),
  );
  buildMenu({
    feed,
    exporter,
    focusShell: () => window.webContents.focus(),
    switchFocus: () => {
      if (!window.webContents.isFocused() || !tabs.focusPage()) window.webContents.focus();
    },
    theme: themeOf(settings),
    forgetSettings: () => void askToForget({ settings, laboratory, window, feed }),
  });
  shutDown.onClosing(() => {
    meter.stop();
    feed.close();
    window.destroy();
  });

  // Off it goes.
  meter.start();
  laboratory.startPlugins(catalog);
  shutDown.onClosing(() =>
    Promise.all([
      load.service.shutDown(),
      floors.stop(),
      laboratory.shutDown(),
      bench.runs.shutDown(),
      bench.store.settled(),
    ]).then(),
  );
  // The shell draws the charts: it has to be there for the exports.
  let endTable: (() => void) | null = null;
  shutDown.lastWork = async () => {
    endTable?.();
    try {
      if (options.exportDir !== null) await exporter.exportAll(options.exportDir);
    } finally {
      await output.flush();
    }
  };
  await shell.load();
  tellStart('started');
  for (const host of BUILT_IN_HOSTS) tabs.open(`bulkhead://${host}`);
  if (options.headless) endTable = runHeadless({ laboratory, environment, notices, options, output });
  if (options.durationS !== null) setTimeout(() => shutDown.request(), options.durationS * 1000);
}
