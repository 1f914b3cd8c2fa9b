import type { ClockReading } from '../../shared/clock';
import type { Heard } from '../../shared/control';
import { nowNs } from '../clock';

/** Beats whose sending is remembered: a hung process may answer many at once. */
const REMEMBERED = 256;

/**
 * The clock of one process as its heartbeats show it. Each beat tells the process when it was sent, and when the answer
 * to an earlier one was here: all that a page needs to estimate the clock. What the process answers must lie between.
 */
export class ProcessClock {
  readonly #now: () => number;
  readonly #sentNs = new Map<number, number>();
  #heard: Heard | null = null;

  constructor(now: () => number = nowNs) {
    this.#now = now;
  }

  /** What goes along with a beat that is sent now. */
  ask(beat: number): { sentNs: number; heard: Heard | null } {
    const sentNs = this.#now();
    this.#sentNs.set(beat, sentNs);
    this.#sentNs.delete(beat - REMEMBERED);
    return { sentNs, heard: this.#heard };
  }

  /** The answer to a beat is here. Gives by how much its time can't be true, nanoseconds: 0 when it can. */
  answered(beat: number, reading: ClockReading | null): number {
    const atNs = this.#now();
    const sentNs = this.#sentNs.get(beat);
    if (sentNs === undefined) return 0;
    this.#sentNs.delete(beat);
    this.#heard = { beat, atNs };
    if (reading === null) return 0;
    return Math.max(0, sentNs - reading.atNs - reading.errorNs, reading.atNs - reading.errorNs - atNs);
  }
}
