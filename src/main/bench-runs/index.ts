import { app, type BrowserWindow } from 'electron';
import type { BenchView } from '../../shared/bench-window/view';
import { TRANSPORT_IDS } from '../../shared/transport-catalog';
import { transports } from '../../transports/registry';
import { isSandboxed } from '../environment';
import type { Feed } from '../feed';
import type { Laboratory } from '../laboratory';
import { removeStaleRunDirectories, type RunDirectory } from '../run-directory';
import { BenchProcess } from './bench-process';
import { BenchRuns } from './bench-runs';
import { benchLaunch } from './launch';
import { ResultFiles } from './result-files';
import { ResultShelf } from './result-shelf';

export interface BenchRoom {
  runs: BenchRuns;
  shelf: ResultShelf;
  files: ResultFiles;
  /** Tells the shell how things stand. */
  announce: () => void;
}

/** The benchmark in the window. It runs in an application of its own; here it is started, followed and kept. */
export function setUpBenchRoom(services: {
  laboratory: Laboratory;
  window: BrowserWindow;
  feed: Feed;
  directory: RunDirectory;
}): BenchRoom {
  const { laboratory, window, feed, directory } = services;
  const shelf = new ResultShelf();
  const runs = new BenchRuns({
    laboratory,
    shelf,
    directory: () => directory.path,
    launch: (request, resultFile) =>
      new BenchProcess(
        benchLaunch(
          {
            executable: process.execPath,
            appPath: app.getAppPath(),
            sandboxed: isSandboxed(),
            env: process.env,
            platform: process.platform,
          },
          request,
          resultFile,
        ),
      ),
    tidy: () => removeStaleRunDirectories(),
  });
  const announce = () => void feed.send({ kind: 'bench', bench: viewOf(runs, shelf) });
  runs.onChanged(announce);
  return { runs, shelf, files: new ResultFiles(shelf, window), announce };
}

function viewOf(runs: BenchRuns, shelf: ResultShelf): BenchView {
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
    results: shelf.summaries,
  };
}
