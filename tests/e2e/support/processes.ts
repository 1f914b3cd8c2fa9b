import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { until } from './app';

/** Whether a process of this pid runs. A zombie doesn't: it only waits to be counted. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
}

/** Processor time that it has had, seconds. @throws when there is none of this pid */
export function processorTimeOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime and stime, in ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Pids of the running processes in whose command line or environment `text` stands. */
export function processesMentioning(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter(
      (pid) =>
        isRunning(pid) && (read(`/proc/${pid}/cmdline`).includes(text) || read(`/proc/${pid}/environ`).includes(text)),
    );
}

/**
 * The two plugin processes of a benchmark, the pinger first, as soon as they ping each other: by their processor time, of
 * which a start takes some tenths of a second.
 */
export async function pingingEnds(home: string, seconds = 1.5): Promise<[pinger: number, answerer: number]> {
  let pids: number[] = [];
  await until(() => {
    pids = processesMentioning(home).filter((pid) =>
      read(`/proc/${pid}/cmdline`).includes('--utility-sub-type=node.mojom'),
    );
    expect(pids).toHaveLength(2);
    expect(Math.min(...pids.map(processorTimeOf))).toBeGreaterThan(seconds);
  });
  // The pinger was made first.
  return [Math.min(...pids), Math.max(...pids)];
}

/** The direct and indirect children of `pid`, by the system's process table. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(Number(name))] as const),
  );
  const found: number[] = [];
  const look = (parent: number) => {
    for (const [child, of] of parents) {
      if (of !== parent) continue;
      found.push(child);
      look(child);
    }
  };
  look(pid);
  return found;
}

/** Field 4 of /proc/PID/stat, behind the command name, which may itself hold spaces and parentheses. */
function parentOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
