/** What the files under /proc/PID say (proc(5)). Null for a text that isn't one. */

export interface ProcStat {
  /** `R`, `S`, `Z` … */
  state: string;
  parent: number;
  group: number;
  /** Time on a processor so far, all threads, in user and kernel mode. */
  cpuSeconds: number;
  /** Clock ticks since boot. */
  startTime: string;
}

/** The kernel counts in ticks of this length for every program, whatever its own clock (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** The name in the second field may hold spaces and parentheses. */
export function parseStat(text: string): ProcStat | null {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, parent, group] = fields;
  const startTime = fields[19];
  if (state === undefined || parent === undefined || group === undefined || startTime === undefined) return null;
  return {
    state,
    parent: Number(parent),
    group: Number(group),
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    startTime,
  };
}

export interface ProcStatus {
  /** Null for one that has no memory of its own any more. */
  memoryBytes: number | null;
  threads: number | null;
  /** Times that the main thread gave its processor up by itself, and times that it was taken away. */
  voluntary: number | null;
  involuntary: number | null;
}

export function parseStatus(text: string): ProcStatus {
  const kibibytes = numberAfter(text, '\nVmRSS:');
  return {
    memoryBytes: kibibytes === null ? null : kibibytes * 1024,
    threads: numberAfter(text, '\nThreads:'),
    voluntary: numberAfter(text, '\nvoluntary_ctxt_switches:'),
    involuntary: numberAfter(text, '\nnonvoluntary_ctxt_switches:'),
  };
}

function numberAfter(text: string, label: string): number | null {
  const at = text.indexOf(label);
  if (at === -1) return null;
  const number = Number.parseInt(text.slice(at + label.length, at + label.length + 24), 10);
  return Number.isNaN(number) ? null : number;
}

/** What kind of Chromium process a command line starts: `gpu-process`, `zygote`, `utility` …; null for any other. */
export function chromiumType(commandLine: string): string | null {
  // Chromium writes its title over it, with spaces between the words.
  return /(?:^|[\0 ])--type=([a-z-]+)/.exec(commandLine)?.[1] ?? null;
}

/** The program's name without its folder. */
export function programName(commandLine: string): string {
  const [first = ''] = commandLine.split('\0');
  return first.slice(first.lastIndexOf('/') + 1).slice(0, 60);
}
