import { app, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import type { BenchView } from '../../shared/bench-window/view';
import { TRANSPORT_IDS } from '../../shared/transport-catalog';
import { transports } from '../../transports/registry';
import { isSandboxed } from '../environment';
import type { Feed } from '../feed';
import type { Laboratory } from '../laboratory';
import type { ProcessRegistry } from '../processes/process-registry';
import { removeStaleRunDirectories, type RunDirectory } from '../run-directory';
import type { WrittenFiles } from '../written-files';
import { BenchProcess } from './bench-process';
import { BenchRuns } from './bench-runs';
import { benchLaunch } from './launch';
import { ResultFiles } from './result-files';
import { ResultStore } from './result-store';

export interface BenchService {
  runs: BenchRuns;
  store: ResultStore;
  files: ResultFiles;
  /** Tells the shell how things stand. */
  announce: () => void;
}

/** The benchmark in the window. It runs in an application of its own; here it is started, followed and kept. */
export function setUpBenchService(services: {
  laboratory: Laboratory;
  processes: ProcessRegistry;
  window: BrowserWindow;
  feed: Feed;
  directory: RunDirectory;
  written: WrittenFiles;
}): BenchService {
  const { laboratory, processes, window, feed, directory, written } = services;
  const store = new ResultStore(join(app.getPath('userData'), 'results'));
  const runs = new BenchRuns({
    laboratory,
    store,
    directory: () => directory.path,
    launch: (request, resultFile) =>
      new BenchProcess(
        benchLaunch(
          {
            executable: process.execPath,
            appPath: app.getAppPath(),
            sandboxed: isSandboxed(),
            memoryInTemporaryFolder: app.commandLine.hasSwitch('disable-dev-shm-usage'),
            env: process.env,
            platform: process.platform,
          },
          request,
          resultFile,
        ),
        processes,
      ),
    tidy: () => removeStaleRunDirectories(),
  });
  const announce = () => void feed.send({ kind: 'bench', bench: viewOf(runs, store) });
  runs.onChanged(announce);
  runs.onPartial((partial) => void feed.send({ kind: 'bench-partial', partial }));
  store.onChanged(announce);
  void store.load();
  return {
    runs,
    store,
    files: new ResultFiles(store, window, written, (id) => runs.traceOf(id)),
    announce: () => {
      announce();
      if (runs.partial !== null) void feed.send({ kind: 'bench-partial', partial: { begun: runs.partial } });
    },
  };
}

function viewOf(runs: BenchRuns, store: ResultStore): BenchView {
  return {
    methods: TRANSPORT_IDS.map((id) => {
      const { info } = transports[id];
      const availability = transports[id].availability();
      return {
        id,
        title: info.title,
        maxPayloadBytes: info.maxPayloadBytes,
        unavailable: availability.available ? null : availability.reason,
      };
    }),
    run: runs.state,
    results: store.summaries,
    problems: store.problems,
  };
}
