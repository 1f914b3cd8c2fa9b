import { app } from 'electron';
import type { Unread } from '../../shared/snapshot';
import { countDescriptors, readProc } from './proc-files';
import { parseStat, parseStatus } from './proc-text';

/** What a process has used so far, and what it holds at this moment. Null: not told here. */
export interface Reading {
  startTime: string | null;
  memoryBytes: number | null;
  cpuSeconds: number | null;
  threads: number | null;
  descriptors: number | null;
  /** Context switches of its main thread so far. */
  switches: { voluntary: number; involuntary: number } | null;
  unread: Unread | null;
}

/** Reads these processes; the gone are left out. */
export type ReadFigures = (pids: readonly number[]) => Map<number, Reading>;

/** Everything from /proc, three small files each. Elsewhere Chromium's own accounts, which know of no more than this. */
export const readFigures: ReadFigures = process.platform === 'linux' ? readFromProc : readFromChromium;

export function readFromProc(pids: readonly number[]): Map<number, Reading> {
  const readings = new Map<number, Reading>();
  for (const pid of pids) {
    const stat = parseStat(readProc(pid, 'stat') ?? '');
    if (stat === null || stat.state === 'Z') continue;
    const { memoryBytes, threads, voluntary, involuntary } = parseStatus(readProc(pid, 'status') ?? '');
    const descriptors = countDescriptors(pid);
    readings.set(pid, {
      startTime: stat.startTime,
      memoryBytes,
      cpuSeconds: stat.cpuSeconds,
      threads,
      descriptors: descriptors === 'forbidden' ? null : descriptors,
      switches: voluntary === null || involuntary === null ? null : { voluntary, involuntary },
      unread: descriptors === 'forbidden' ? 'permission' : null,
    });
  }
  return readings;
}

function readFromChromium(pids: readonly number[]): Map<number, Reading> {
  const asked = new Set(pids);
  return new Map(
    app
      .getAppMetrics()
      .filter(({ pid }) => asked.has(pid))
      .map(({ pid, creationTime, cpu, memory }) => [
        pid,
        {
          startTime: String(creationTime),
          memoryBytes: memory.workingSetSize * 1024,
          // The cumulative figure, not percentCPUUsage: that one is divided by the number of cores.
          cpuSeconds: cpu.cumulativeCPUUsage ?? null,
          threads: null,
          descriptors: null,
          switches: null,
          unread: 'system' as const,
        },
      ]),
  );
}
