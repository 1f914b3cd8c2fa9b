import { readdirSync, readFileSync } from 'node:fs';
import type { EndCosts, RoundCosts } from '../../shared/bench/costs';

/** What a process has used since it began, from /proc. */
interface Reading {
  /** On a core, all threads that there are. */
  cpuNs: number;
  /** Ready to run and without a core, all threads. */
  waitNs: number;
  /** It went to sleep. */
  voluntary: number;
  /** The core was taken from it. */
  involuntary: number;
  /** Clock ticks (mostly 10 ms) in user mode and in the kernel, threads that have ended among them. */
  userTicks: number;
  systemTicks: number;
}

/** Below so many ticks the shares of user mode and kernel would be a guess. */
const FEWEST_TICKS = 20;

/**
 * What both ends of a path use while it is measured: processor time and waiting for a core from each thread's
 * `schedstat`, context switches from its `status`. For whole processes, because a runtime answers a message with more
 * threads than one. Read right before the first counted ping and right after the last one, each in about a millisecond.
 */
export class CostMeter {
  readonly #pids: { pinger: number; answerer: number | null };
  #before: { pinger: Reading | null; answerer: Reading | null } | null = null;
  #costs: RoundCosts | null = null;

  /** `answerer` is null where no process answers, and the same as the pinger's where both ends are in one. */
  constructor(pinger: number, answerer: number | null) {
    this.#pids = { pinger, answerer: answerer === pinger ? null : answerer };
  }

  begin(): void {
    this.#before = this.#read();
  }

  end(): void {
    const after = this.#read();
    if (this.#before === null) return;
    this.#costs = {
      pinger: difference(this.#before.pinger, after.pinger),
      answerer: difference(this.#before.answerer, after.answerer),
    };
  }

  /** Null before the end, and where there is no /proc. */
  get costs(): RoundCosts | null {
    return this.#costs?.pinger == null ? null : this.#costs;
  }

  #read() {
    const { pinger, answerer } = this.#pids;
    return { pinger: readCosts(pinger), answerer: answerer === null ? null : readCosts(answerer) };
  }
}

/** Null where it can't be read: another system than Linux, or the process is gone. */
function readCosts(pid: number): Reading | null {
  const reading: Reading = { cpuNs: 0, waitNs: 0, voluntary: 0, involuntary: 0, userTicks: 0, systemTicks: 0 };
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // From field 3 on; the name before may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    reading.userTicks = Number(fields[11]);
    reading.systemTicks = Number(fields[12]);
    for (const thread of readdirSync(`/proc/${pid}/task`)) addThread(reading, `/proc/${pid}/task/${thread}`);
  } catch {
    return null;
  }
  return reading;
}

function addThread(reading: Reading, folder: string): void {
  try {
    const [cpu, wait] = readFileSync(`${folder}/schedstat`, 'utf8').split(' ');
    const status = readFileSync(`${folder}/status`, 'utf8');
    reading.cpuNs += Number(cpu);
    reading.waitNs += Number(wait);
    reading.voluntary += Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1] ?? 0);
    reading.involuntary += Number(/^nonvoluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1] ?? 0);
  } catch {
    // A thread that ended meanwhile.
  }
}

function difference(before: Reading | null, after: Reading | null): EndCosts | null {
  if (before === null || after === null) return null;
  const user = after.userTicks - before.userTicks;
  const ticks = user + after.systemTicks - before.systemTicks;
  // A thread that ended in between takes what it had used along.
  const least = (value: number) => Math.max(0, value);
  return {
    cpuNs: least(after.cpuNs - before.cpuNs),
    waitNs: least(after.waitNs - before.waitNs),
    voluntary: least(after.voluntary - before.voluntary),
    involuntary: least(after.involuntary - before.involuntary),
    systemShare: ticks < FEWEST_TICKS ? null : (ticks - user) / ticks,
  };
}
