import { app, session } from 'electron';
import { join } from 'node:path';
import { BUILT_IN_HOSTS } from '../shared/site';
import { startBench } from './bench-mode';
import { setUpBenchRoom } from './bench-runs/index';
import { readEnvironment, isSandboxed } from './environment';
import { ChartRequests } from './export/chart-requests';
import { Exporter } from './export/exporter';
import { Feed } from './feed';
import { FloorMeter } from './floors';
import { runHeadless } from './headless';
import { handleRequests, onSiteHello, onSiteInvoke } from './ipc/handle';
import { requestHandlers } from './ipc/request-handlers';
import { Laboratory } from './laboratory';
import { buildMenu } from './menu';
import { MetricsReader } from './metrics';
import { noticesFor } from './notices';
import { readOptions, readRuntimeOrigin } from './options';
import { findPlugins } from './plugins';
import { cutRecording } from './recording/cut';
import { createRunDirectory, removeRunDirectory } from './run-directory';
import { registerSchemes, serveShell, serveSites } from './scheme';
import {
  closeNetwork,
  denyPermissions,
  filterNavigation,
  sandboxRemotePages,
  withholdClientCertificates,
} from './security/harden';
import { createShellWindow, showShell } from './shell-window';
import { createShutdown, endOnBugs, followLifeline } from './shutdown';
import { takeSnapshot } from './snapshot';
import { setUpSwitches } from './switches';
import { TabStrip } from './tabs/tab-strip';

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
}

/** Before the application is ready: what can't be set afterwards. */
function openLaboratory(): void {
  if (options.profileDir !== null) app.setPath('userData', options.profileDir);
  setUpSwitches();
  registerSchemes();
  // Under --no-sandbox (root), asking for it would start children that Chromium refuses to run.
  if (isSandboxed()) app.enableSandbox();
  if (app.requestSingleInstanceLock()) {
    void app.whenReady().then(start);
  } else {
    console.error(
      'Bulkhead is already running with this profile; its window was brought to the front. For a second one, give it a profile of its own: bin/bulkhead run --profile DIR.',
    );
    app.exit(3);
  }
}

async function start(): Promise<void> {
  const environment = readEnvironment(options, runtime);
  const catalog = findPlugins(join(import.meta.dirname, 'plugins'));
  const notices = noticesFor(environment, catalog.refused);
  const directory = createRunDirectory();

  // What is supervised and measured.
  const laboratory = new Laboratory(directory, {
    ...(options.rate === null ? {} : { ratePerSecond: options.rate }),
    ...(options.payloadBytes === null ? {} : { payloadBytes: options.payloadBytes }),
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
  const tabs = new TabStrip({
    window,
    session: siteSession,
    preload: join(outDirectory, 'preload/site.cjs'),
    laboratory,
    remoteAllowed: environment.runtimeSupported,
  });
  onSiteHello((contents, frame) => tabs.tabOf(contents)?.pageStarted(frame));
  onSiteInvoke((contents, to, said) => tabs.tabOf(contents)?.answerInvoke(to, said) ?? null);
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });

  // What the shell sees and asks for.
  const metrics = new MetricsReader(() => {
    for (const host of laboratory.rendererHosts) host.showFigures();
  });
  const floors = new FloorMeter(laboratory, () => feed.snapshotSoon());
  const feed = new Feed(laboratory, () => takeSnapshot({ laboratory, tabs, metrics, floors, environment, notices }));
  tabs.onChanged(() => feed.snapshotSoon());
  const charts = new ChartRequests(feed);
  const bench = setUpBenchRoom({ laboratory, window, feed, directory });
  const exporter = new Exporter({ cut: () => cutRecording(laboratory, floors, environment), charts, feed, window });
  handleRequests(
    window.webContents,
    requestHandlers({
      laboratory,
      tabs,
      bench,
      openFeed: () => {
        feed.open(window.webContents);
        bench.announce();
      },
      exportAs: (format) => exporter.exportAs(format),
      cancelExport: (jobId) => exporter.cancel(jobId),
      chartRendered: (requestId, result) => charts.rendered(requestId, result),
    }),
  );
  buildMenu({ feed, exporter });

  // The way out. The exports come first: they need the shell, which draws the charts.
  let endTable: (() => void) | null = null;
  const shutDown = createShutdown(async () => {
    endTable?.();
    if (options.exportDir !== null) await exporter.exportAll(options.exportDir);
  }, [
    () => floors.stop(),
    () => Promise.all([laboratory.shutDown(), bench.runs.shutDown()]).then(() => undefined),
    () => {
      metrics.stop();
      feed.close();
      window.destroy();
    },
    () => removeRunDirectory(directory),
  ]);
  endOnBugs(shutDown);
  followLifeline(process.env['BULKHEAD_LIFELINE_FD'], shutDown);
  window.on('close', (event) => {
    event.preventDefault();
    shutDown(0);
  });

  // Off it goes.
  metrics.start();
  laboratory.startPlugins(catalog);
  await showShell(window);
  for (const host of BUILT_IN_HOSTS) tabs.open(`bulkhead://${host}`);
  if (options.headless) endTable = runHeadless({ laboratory, environment, notices, options });
  if (options.durationS !== null) setTimeout(() => shutDown(0), options.durationS * 1000);
}
