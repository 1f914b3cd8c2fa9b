/** When a crashed plugin is started again: at once, after 1 s, after 4 s …; after 3 crashes in 5 minutes, not at all. */

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
