import type { Publisher } from '../route';

const ASK_EVERY_MS = 1_000;
/** What is older than this is not told any more: the system doesn't answer. */
const STALE_AFTER_MS = 3_000;

/** Asks the system once a second how much it holds, one question at a time. */
export class QueueWatch {
  readonly #timer: NodeJS.Timeout | undefined;
  #depth: number | null = null;
  #atMs = 0;
  #asking = false;

  constructor({ queueDepth }: Pick<Publisher, 'queueDepth'>) {
    if (queueDepth !== undefined) this.#timer = setInterval(() => void this.#ask(queueDepth), ASK_EVERY_MS);
  }

  /** Null where the system doesn't tell, or not at present. */
  get depth(): number | null {
    return performance.now() - this.#atMs > STALE_AFTER_MS ? null : this.#depth;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #ask(queueDepth: NonNullable<Publisher['queueDepth']>): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      this.#depth = await queueDepth();
      this.#atMs = performance.now();
    } catch {
      // It is away, or the queue is; `away` has the words for that.
      this.#depth = null;
    } finally {
      this.#asking = false;
    }
  }
}
