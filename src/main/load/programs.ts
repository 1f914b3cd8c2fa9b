import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerProcess } from '../../routes/server/recipe';
import { words } from '../../shared/messages/message';
import type { Launch } from '../hosts/launched-process';
import { utilityLaunch } from '../hosts/plugin-process';
import type { GroupMember } from '../hosts/process-group';
import { programLaunch } from '../hosts/program-process';
import type { ProcessRegistry } from '../processes/process-registry';

const LOOK_EVERY_MS = 50;

export type ProgramName = 'receiver' | 'subscriber' | 'collector' | 'generator';
export type OnReport = (report: unknown) => void;

/** Makes the members of the routes' groups: the real ones, or a test's. */
export interface Programs {
  /** One of ours, with its settings. */
  program(name: ProgramName, role: string, settings: object, onReport: OnReport): GroupMember;
  server(process: ServerProcess, role: string, folder: string): GroupMember;
}

/** Utility processes from `out/main/routes`, and executables. */
export function realPrograms(outDirectory: string, registry: ProcessRegistry): Programs {
  return {
    program: (name, role, settings, onReport) => ({
      role,
      kind: 'plugin',
      title: words(`load.${name}`),
      launch: utilityLaunch(join(outDirectory, 'routes', `${name}.js`), registry, [JSON.stringify(settings)]),
      launchLimitMs: 30_000,
      onReport,
    }),
    server: (process, role, folder) => ({
      role,
      kind: 'server',
      title: words('load.server', { name: process.name }),
      launch: serverLaunch(process, folder, registry),
      launchLimitMs: process.readyTimeoutMs,
    }),
  };
}

/** What it writes is kept as its last words, and goes nowhere else: RabbitMQ alone starts with a page of it. */
function serverLaunch(server: ServerProcess, folder: string, registry: ProcessRegistry): Launch {
  const { file, args, env, ready, words: place } = server;
  const spec = {
    ...{ command: file, args, cwd: folder, env, readyText: 'line' in ready ? ready.line : null },
    logsToOutput: place === 'standard output',
  };
  const launch = programLaunch(spec, registry, () => undefined);
  if ('line' in ready) return launch;
  // It says nothing when it is ready: its port does.
  return (serviceName, events) => {
    let over = false;
    const launched = launch(serviceName, {
      ...events,
      onMessage: (data) => void untilTaken(ready.port, () => over).then((taken) => taken && events.onMessage(data)),
    });
    void launched.ended.then(() => (over = true));
    return launched;
  };
}

/** Resolves to true once somebody takes a connection there, or to false once it is over. */
async function untilTaken(port: number, isOver: () => boolean): Promise<boolean> {
  while (!isOver()) {
    if (await takesConnection(port)) return true;
    await delay(LOOK_EVERY_MS);
  }
  return false;
}

function takesConnection(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
