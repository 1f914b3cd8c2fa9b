import type { SampleLog } from './sample-log';
import { type Change, changeBetween, INCIDENT_WINDOW_NS, readWindow, type WindowFigures } from './window-figures';

/** Five minutes: longer ago the machine may have been another one. */
export const KEPT_WINDOWS = 60;

/**
 * The figures of one channel window by window, all channels on one grid, so that an incident finds there what the
 * channel does without one. Each sample is read once, when its window is over.
 */
export class WindowSeries {
  readonly #log: SampleLog;
  readonly #windows = new Map<number, WindowFigures>();
  #next = 0;

  constructor(log: SampleLog) {
    this.#log = log;
  }

  /** Reads the next window if it was over, with every ping in it settled, by `settledNs`. Gives how many samples that took. */
  advance(settledNs: number): number {
    const over = Math.floor(settledNs / INCIDENT_WINDOW_NS) - 1;
    this.#next = Math.max(this.#next, over - KEPT_WINDOWS + 1);
    if (this.#next > over) return 0;
    const window = this.#next;
    this.#next += 1;
    this.#windows.delete(window - KEPT_WINDOWS);
    const fromNs = window * INCIDENT_WINDOW_NS;
    const { figures, read } = readWindow(this.#log, fromNs, fromNs + INCIDENT_WINDOW_NS);
    if (figures.answered > 0) this.#windows.set(window, figures);
    return read;
  }

  /** The changes between neighbouring windows that both pass `isQuiet`, by the number of the earlier window. */
  quietChanges(isQuiet: (fromNs: number, toNs: number) => boolean): Map<number, Change> {
    const changes = new Map<number, Change>();
    for (const [window, figures] of this.#windows) {
      const next = this.#windows.get(window + 1);
      if (next === undefined) continue;
      const fromNs = window * INCIDENT_WINDOW_NS;
      const change = isQuiet(fromNs, fromNs + 2 * INCIDENT_WINDOW_NS) ? changeBetween(figures, next) : null;
      if (change !== null) changes.set(window, change);
    }
    return changes;
  }
}
