import type { ReadFigures } from '../processes/figure-source';

/** Adds up the processor time of processes that come and go, from a moment on. */
export class CpuMeter {
  readonly #read: ReadFigures;
  readonly #last = new Map<number, { startTime: string | null; seconds: number }>();
  #total = 0;
  #known = false;

  /** @param pids those that run at this moment: what they have used so far doesn't count */
  constructor(read: ReadFigures, pids: readonly number[]) {
    this.#read = read;
    this.#take(pids, false);
  }

  /** Seconds so far; null where the system doesn't tell. What a process used after its last reading is not in it. */
  update(pids: readonly number[]): number | null {
    this.#take(pids, true);
    return this.#known ? this.#total : null;
  }

  #take(pids: readonly number[], counts: boolean): void {
    for (const [pid, { startTime, cpuSeconds }] of this.#read(pids)) {
      if (cpuSeconds === null) continue;
      this.#known = true;
      const last = this.#last.get(pid);
      // One that came since has done everything for this run.
      const before = last?.startTime === startTime ? last.seconds : 0;
      if (counts) this.#total += Math.max(0, cpuSeconds - before);
      this.#last.set(pid, { startTime, seconds: cpuSeconds });
    }
  }
}
