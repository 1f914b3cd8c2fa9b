import { app, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import { serverRecipe } from '../../routes/server/recipes';
import type { Environment } from '../../shared/snapshot';
import type { Feed } from '../feed';
import { ProcessGroup } from '../hosts/process-group';
import type { Laboratory } from '../laboratory';
import { readFigures } from '../processes/figure-source';
import type { ProcessRegistry } from '../processes/process-registry';
import type { RunDirectory } from '../run-directory';
import type { WrittenFiles } from '../written-files';
import { LoadFiles } from './load-files';
import { LoadService } from './load-service';
import { realPrograms } from './programs';
import type { LoadRequests } from './requests';

export interface LoadInWindow {
  service: LoadService;
  requests: LoadRequests;
  /** Tells a shell that knows nothing how things stand. */
  announce: () => void;
}

/** The records that ship. */
export function trafficFile(): string {
  return join(app.getAppPath(), 'resources/traffic.json');
}

/** The routes and the load in the window: their processes are the laboratory's, like a plugin's. */
export function setUpLoad(services: {
  laboratory: Laboratory;
  processes: ProcessRegistry;
  window: BrowserWindow;
  feed: Feed;
  directory: RunDirectory;
  written: WrittenFiles;
  environment: Environment;
  outDirectory: string;
}): LoadInWindow {
  const { laboratory, processes, window, feed, directory, written, environment, outDirectory } = services;
  const service = new LoadService({
    environment,
    trafficFile: trafficFile(),
    house: {
      events: laboratory.events,
      env: process.env,
      programs: realPrograms(outDirectory, processes),
      serverRecipe,
      newGroup: (spec) => {
        const group = new ProcessGroup(spec, laboratory.events, processes);
        laboratory.addGroup(group);
        return group;
      },
      removeGroup: (group) => laboratory.removeGroup(group),
      readFigures,
      directory: () => directory.path,
      changed: () => undefined,
    },
  });
  const updates = service.updates;
  service.onChanged(() => void feed.send({ kind: 'load', load: updates.next() }));
  const files = new LoadFiles(service, window, written);
  return {
    service,
    announce: () => void feed.send({ kind: 'load', load: updates.whole() }),
    requests: {
      'load:look': () => service.look(),
      'load:prepare': (choices) => service.prepare(choices),
      'load:start': (form) => service.start(form),
      'load:stop': () => service.stop(),
      'load:users': (users) => service.setUsers(users),
      'load:reset': () => service.reset(),
      'load:close': () => service.close(),
      'load:choose-file': (path) => files.choose(path),
      'load:save': (format) => files.save(format),
    },
  };
}
