import { app } from 'electron';
import type { OwnedKind } from '../../shared/snapshot';
import { processStartTime } from '../process-table';
import { nameOfCommand, type Named } from './command-name';
import { readProc } from './proc-files';
import type { OwnedProcess, RegistrySystem } from './process-registry';
import { ProcessTree } from './process-tree';

const NOBODYS = { processId: null, role: null, isChild: false } as const;

/** This computer. */
export function ownSystem(): RegistrySystem {
  return process.platform === 'linux' ? linuxSystem(new ProcessTree(), process.pid) : otherSystem();
}

/**
 * /proc says what descends from this process, zygotes and the children of programs as well, and costs half of what
 * Chromium's own list does.
 */
export function linuxSystem(tree: ProcessTree, root: number): RegistrySystem {
  /** Those of the latest reading. A command line is read until it has been the same twice: it changes with an exec. */
  let known = new Map<number, { entry: OwnedProcess; command: string; isSettled: boolean }>();
  return {
    startTime: processStartTime,
    signal: (pid, signal) => process.kill(pid, signal),
    discover(entered) {
      const groups = new Set([...entered.values()].filter(({ kind }) => kind === 'benchmark').map(({ pid }) => pid));
      /** Whose children they are, when that is one of ours that isn't Chromium's. */
      const origins = new Map<number, OwnedKind>();
      const found: OwnedProcess[] = [];
      const read: typeof known = new Map();
      for (const { pid, parent, group, startTime } of tree.descendants(root, groups)) {
        const own = entered.get(pid);
        const origin = own?.kind ?? origins.get(parent) ?? (groups.has(group) ? 'benchmark' : undefined);
        if (origin !== undefined) origins.set(pid, origin);
        if (own !== undefined) continue;
        let before = known.get(pid);
        if (before?.entry.startTime !== startTime) before = undefined;
        if (before?.isSettled !== true) {
          const command = readProc(pid, 'cmdline') ?? '';
          const entry = { ...NOBODYS, ...nameOfCommand(command, origin), pid, startTime };
          // What a zygote makes is called as the zygote is at first, and for longer.
          before = { entry, command, isSettled: entry.kind !== 'zygote' && before?.command === command };
        }
        read.set(pid, before);
        found.push(before.entry);
      }
      known = read;
      return found;
    },
  };
}

/** Chromium's own list is all that there is. */
function otherSystem(): RegistrySystem {
  return {
    startTime: (pid) => {
      const metric = app.getAppMetrics().find((each) => each.pid === pid);
      return metric === undefined ? null : String(metric.creationTime);
    },
    signal: (pid, signal) => process.kill(pid, signal),
    discover: (entered) =>
      app
        .getAppMetrics()
        .filter(({ pid }) => !entered.has(pid))
        .map((metric) => ({
          ...NOBODYS,
          ...nameOfChromiums(metric),
          pid: metric.pid,
          startTime: String(metric.creationTime),
        })),
  };
}

function nameOfChromiums({ type, serviceName, name }: Electron.ProcessMetric): Named {
  if (type === 'GPU') return { kind: 'gpu', name: 'GPU' };
  if (serviceName === 'network.mojom.NetworkService') return { kind: 'network', name: 'Network service' };
  if (type === 'Tab') return { kind: 'renderer', name: 'Renderer without a page' };
  return { kind: 'utility', name: name ?? serviceName ?? type };
}
