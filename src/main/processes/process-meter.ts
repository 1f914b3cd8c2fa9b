import type { OwnedProcessView, ProcessFigures } from '../../shared/snapshot';
import type { CpuReading } from '../../shared/recording/cut';
import { nowNs } from '../clock';
import type { Reading, ReadFigures } from './figure-source';
import type { OwnedProcess, ProcessRegistry } from './process-registry';

const INTERVAL_MS = 1000;
/** For the trace, which holds no more than the newest minute. */
const HISTORY_NS = 75e9;

const NOTHING: ProcessFigures = {
  memoryBytes: null,
  cpuPercent: null,
  threads: null,
  descriptors: null,
  switchesPerSecond: null,
  unread: null,
};

/** Reads what every process that Bulkhead owns costs, once a second. */
export class ProcessMeter {
  readonly #registry: ProcessRegistry;
  readonly #read: ReadFigures;
  readonly #onRead: () => void;
  #listed: OwnedProcess[] = [];
  #figures = new Map<number, ProcessFigures>();
  #last = new Map<number, Reading>();
  #lastMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #history: CpuReading[] = [];

  constructor(registry: ProcessRegistry, read: ReadFigures, onRead: () => void) {
    this.#registry = registry;
    this.#read = read;
    this.#onRead = onRead;
  }

  start(): void {
    this.#readAll();
    this.#timer = setInterval(() => this.#readAll(), INTERVAL_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** The latest figures; all null for one that was not there at the latest reading. */
  figures(pid: number | null): ProcessFigures {
    return (pid === null ? undefined : this.#figures.get(pid)) ?? NOTHING;
  }

  /** What each process used of one core at the readings of the last minute, oldest first. */
  get cpuHistory(): readonly CpuReading[] {
    return this.#history;
  }

  /** Those at the latest reading whose pid isn't among `shown`. */
  others(shown: ReadonlySet<number | null>): OwnedProcessView[] {
    return this.#listed
      .filter(({ pid }) => !shown.has(pid) && this.#figures.has(pid))
      .map(({ pid, kind, name }) => ({ pid, kind, name, ...this.figures(pid) }));
  }

  #readAll(): void {
    const nowMs = performance.now();
    this.#listed = this.#registry.all();
    const readings = this.#read(this.#listed.map(({ pid }) => pid));
    const seconds = (nowMs - this.#lastMs) / 1000;
    this.#figures = new Map(
      [...readings].map(([pid, reading]) => [pid, figuresOf(reading, this.#last.get(pid), seconds)]),
    );
    this.#last = readings;
    this.#lastMs = nowMs;
    this.#remember();
    this.#onRead();
  }

  #remember(): void {
    const tNs = nowNs();
    const added = [...this.#figures].flatMap(([pid, { cpuPercent }]) =>
      cpuPercent === null ? [] : [{ tNs, pid, cpuPercent }],
    );
    // A new array: an export may hold the one before.
    this.#history = [...this.#history.filter((reading) => reading.tNs > tNs - HISTORY_NS), ...added];
  }
}

function figuresOf(now: Reading, last: Reading | undefined, seconds: number): ProcessFigures {
  const { memoryBytes, threads, descriptors, unread } = now;
  // A pid that is another process by now has no reading before.
  const before = last?.startTime === now.startTime ? last : undefined;
  const perSecond = (to: number, from: number) => Math.max(0, (to - from) / seconds);
  return {
    memoryBytes,
    threads,
    descriptors,
    unread,
    cpuPercent:
      now.cpuSeconds === null || typeof before?.cpuSeconds !== 'number'
        ? null
        : perSecond(now.cpuSeconds, before.cpuSeconds) * 100,
    switchesPerSecond:
      now.switches === null || !before?.switches
        ? null
        : {
            voluntary: perSecond(now.switches.voluntary, before.switches.voluntary),
            involuntary: perSecond(now.switches.involuntary, before.switches.involuntary),
          },
  };
}
