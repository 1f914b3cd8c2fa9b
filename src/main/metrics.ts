import { app } from 'electron';

const INTERVAL_MS = 1000;

export interface ProcessMetrics {
  /** Resident memory, bytes. */
  memoryBytes: number;
  /** Percent of one core since the last reading, or null at the first. */
  cpuPercent: number | null;
}

/** Reads memory and CPU of every process of the application once a second, from Chromium's own accounts. */
export class MetricsReader {
  readonly #onRead: () => void;
  readonly #cpuSeconds = new Map<number, { created: number; seconds: number; at: number }>();
  #byPid = new Map<number, ProcessMetrics>();
  #timer: NodeJS.Timeout | null = null;

  constructor(onRead: () => void) {
    this.#onRead = onRead;
  }

  start(): void {
    this.#read();
    this.#timer = setInterval(() => this.#read(), INTERVAL_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  get(pid: number | null): ProcessMetrics | null {
    return pid === null ? null : (this.#byPid.get(pid) ?? null);
  }

  #read(): void {
    const at = performance.now();
    const read = new Map<number, ProcessMetrics>();
    for (const { pid, creationTime, cpu, memory } of app.getAppMetrics()) {
      // The cumulative figure, not percentCPUUsage: that one is divided by the number of cores.
      const seconds = cpu.cumulativeCPUUsage ?? null;
      const last = this.#cpuSeconds.get(pid);
      const cpuPercent =
        seconds === null || last === undefined || last.created !== creationTime
          ? null
          : Math.max(0, ((seconds - last.seconds) / ((at - last.at) / 1000)) * 100);
      if (seconds !== null) this.#cpuSeconds.set(pid, { created: creationTime, seconds, at });
      read.set(pid, { memoryBytes: memory.workingSetSize * 1024, cpuPercent });
    }
    for (const pid of this.#cpuSeconds.keys()) if (!read.has(pid)) this.#cpuSeconds.delete(pid);
    this.#byPid = read;
    this.#onRead();
  }
}
