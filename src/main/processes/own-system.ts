import { app } from 'electron';
import type { OwnedKind } from '../../shared/snapshot';
import { processStartTime } from '../process-table';
import { readProc } from './proc-files';
import { chromiumType, programName } from './proc-text';
import type { OwnedProcess, RegistrySystem } from './process-registry';
import { ProcessTree } from './process-tree';

/** This computer. On Linux /proc says what a process is; elsewhere Chromium's own list is all that there is. */
export function ownSystem(): RegistrySystem {
  const tree = process.platform === 'linux' ? new ProcessTree() : null;
  const found = new Map<number, OwnedProcess>();
  const startTime = tree === null ? creationTime : processStartTime;
  return {
    startTime,
    signal: (pid, signal) => process.kill(pid, signal),
    discover(entered) {
      const listed: OwnedProcess[] = [];
      const list = (pid: number, start: string | null, name: () => Named) => {
        const before = found.get(pid);
        const entry = before?.startTime === start ? before : { ...name(), ...NOBODYS, pid, startTime: start };
        listed.push(entry);
      };
      for (const metric of app.getAppMetrics())
        if (!entered.has(metric.pid) && metric.pid !== process.pid)
          list(metric.pid, startTime(metric.pid), () => nameOfChromiums(metric));
      const chromiums = new Set(listed.map(({ pid }) => pid));
      const groups = new Set([...entered.values()].filter(({ kind }) => kind === 'benchmark').map(({ pid }) => pid));
      const origins = new Map<number, OwnedKind>();
      for (const { pid, parent, group, startTime: start } of tree?.descendants(process.pid, groups) ?? []) {
        const above = entered.get(pid)?.kind ?? origins.get(parent) ?? (groups.has(group) ? 'benchmark' : null);
        if (above !== null) origins.set(pid, above);
        if (!entered.has(pid) && !chromiums.has(pid)) list(pid, start, () => nameOfOther(pid, above));
      }
      found.clear();
      for (const entry of listed) found.set(entry.pid, entry);
      return listed;
    },
  };
}

type Named = Pick<OwnedProcess, 'kind' | 'name'>;
const NOBODYS = { processId: null, role: null, isChild: false } as const;

function creationTime(pid: number): string | null {
  const metric = app.getAppMetrics().find((each) => each.pid === pid);
  return metric === undefined ? null : String(metric.creationTime);
}

function nameOfChromiums({ type, serviceName, name }: Electron.ProcessMetric): Named {
  if (type === 'GPU') return { kind: 'gpu', name: 'GPU' };
  if (serviceName === 'network.mojom.NetworkService') return { kind: 'network', name: 'Network service' };
  if (type === 'Tab') return { kind: 'renderer', name: 'Renderer without a page' };
  return { kind: 'utility', name: name ?? serviceName ?? type };
}

/** Not in Chromium's list of this application: its zygotes, and what a benchmark or a plugin's process has started. */
function nameOfOther(pid: number, above: OwnedKind | null): Named {
  const commandLine = readProc(pid, 'cmdline') ?? '';
  const type = chromiumType(commandLine);
  if (above !== null) return { kind: above, name: type ?? (programName(commandLine) || 'process') };
  if (type === 'zygote') return { kind: 'zygote', name: 'Zygote' };
  return { kind: 'other', name: type ?? (programName(commandLine) || 'process') };
}
