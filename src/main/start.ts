import { app, type BrowserWindow, session, shell as systemShell } from 'electron';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BUILT_IN_HOSTS } from '../shared/address';
import type { Environment } from '../shared/snapshot';
import { setUpBenchService } from './bench-runs/index';
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
import { buildMenu } from './menu';
import { noticesFor } from './notices';
import type { Options } from './options';
import { findPlugins } from './plugins';
import { readFigures } from './processes/figure-source';
import { ownSystem } from './processes/own-system';
import { ProcessMeter } from './processes/process-meter';
import { ProcessRegistry } from './processes/process-registry';
import { cutRecording } from './recording/cut';
import { RunDirectory } from './run-directory';
import { closeNetwork, denyPermissions, sandboxRemotePages } from './security/harden';
import { askAboutLostPage } from './shell-window';
import type { Shutdown } from './shutdown';
import { askToForget } from './settings/forget-settings';
import { openSettings, themeOf } from './settings/open-settings';
import { serveSites } from './site-scheme';
import { takeSnapshot } from './snapshot';
import { StandardOutput } from './standard-output';
import { tellStart } from './start-signals';
import { TabStrip } from './tabs/tab-strip';
import { WrittenFiles } from './written-files';
import { words } from '../shared/messages/message';

/** So long they wait at most, also for a window that draws nothing. */
const FIRST_PICTURE_LIMIT_MS = 5000;

export interface StartServices {
  options: Options;
  environment: Environment;
  shutDown: Shutdown;
  /** The built application, by the folder that the browser process's script is in. */
  mainDirectory: string;
  window: BrowserWindow;
  /** Its page, which is on its way: settles when it is there, or can't be. */
  page: Promise<void>;
  /** To be called when requests of the page are answered: its script waits for it. */
  answers: () => void;
}

/** Opens everything else in order, each with what closes it: on the way out the order is reversed. */
export async function start({
  options,
  environment,
  shutDown,
  mainDirectory,
  window,
  page,
  answers,
}: StartServices): Promise<void> {
  // The person may have closed it meanwhile.
  if (window.isDestroyed()) return;
  const outDirectory = join(mainDirectory, '..');
  const catalog = findPlugins(join(mainDirectory, 'plugins'));
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
    threadEntry: join(mainDirectory, 'measuring-thread.js'),
    onBug: (error) => shutDown.bug(error),
  });
  // One plugin starts beside the window. What the chart's first point doesn't need is started when that is there.
  let firstDrawn = () => {};
  const drawn = Promise.race([new Promise<void>((done) => (firstDrawn = done)), delay(FIRST_PICTURE_LIMIT_MS)]);
  laboratory.startPlugins(catalog, drawn);

  // The tabs, and what their pages may do.
  const siteSession = session.fromPartition('sites');
  denyPermissions(siteSession);
  const network = environment.runtimeSupported ? sandboxRemotePages(siteSession) : closeNetwork(siteSession);
  serveSites(siteSession, join(outDirectory, 'renderer'));
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
    outDirectory: mainDirectory,
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
      firstDrawn,
      exportAs: (format) => exporter.exportAs(format),
      cancelExport: (jobId) => exporter.cancel(jobId),
      chartRendered: (requestId, result) => charts.rendered(requestId, result),
    }),
  );
  shutDown.onClosing(() => {
    meter.stop();
    feed.close();
    window.destroy();
  });

  // Off it goes.
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
  // Not before: the shell can ask for tabs.
  await network;
  answers();
  await shell.load(page);
  tellStart('started');
  if (window.isDestroyed()) return;
  // While the page draws its first picture, before which the window is not shown.
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
  await drawn;
  if (window.isDestroyed()) return;
  meter.start();
  for (const host of BUILT_IN_HOSTS) tabs.open(`bulkhead://${host}`);
  if (options.headless) endTable = runHeadless({ laboratory, environment, notices, options, output });
  if (options.durationS !== null) setTimeout(() => shutDown.request(), options.durationS * 1000);
}
