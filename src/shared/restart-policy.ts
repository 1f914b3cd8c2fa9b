/**
 * When a crashed plugin is started again: at once after the first crash, 1 s after the second, four times as long after
 * each further one; but after three crashes in five minutes not at all, so that two restarts are what it gets.
 */

export const CRASH_MEMORY_MS = 5 * 60_000;
export const CRASHES_TO_GIVE_UP = 3;

export type RestartDecision = { kind: 'restart'; delayMs: number } | { kind: 'give-up' };

/** Remembers the times of crashes and decides what follows. Times are milliseconds on any one steady clock. */
export class RestartPolicy {
  #crashesMs: number[] = [];

  /** Crashes still remembered at `nowMs`. */
  crashes(nowMs: number): number {
    this.#crashesMs = this.#crashesMs.filter((at) => nowMs - at < CRASH_MEMORY_MS);
    return this.#crashesMs.length;
  }

  crashed(nowMs: number): RestartDecision {
    this.#crashesMs.push(nowMs);
    const crashes = this.crashes(nowMs);
    if (crashes >= CRASHES_TO_GIVE_UP) return { kind: 'give-up' };
    return { kind: 'restart', delayMs: crashes === 1 ? 0 : 4 ** (crashes - 2) * 1000 };
  }

  /** The person asked for a restart: start counting afresh. */
  forget(): void {
    this.#crashesMs = [];
  }
}
