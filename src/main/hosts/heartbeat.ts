/** A beat goes out so often. */
const INTERVAL_MS = 150;
/** A beat unanswered for so long makes a process unresponsive: with the interval, known within a second. */
const LIMIT_MS = 700;

/** Asks a process again and again whether it answers. Not a measurement: that is the probes' work. */
export class Heartbeat {
  readonly #send: (beat: number) => void;
  readonly #onSilent: () => void;
  readonly #onAnswering: () => void;
  #timer: NodeJS.Timeout | null = null;
  #beat = 0;
  #oldestUnansweredMs: number | null = null;
  /** The same, later by what the browser process itself was held up meanwhile. */
  #waitingSinceMs: number | null = null;
  #lastTurnMs = 0;
  #silent = false;

  constructor(send: (beat: number) => void, onSilent: () => void, onAnswering: () => void) {
    this.#send = send;
    this.#onSilent = onSilent;
    this.#onAnswering = onAnswering;
  }

  /** When the oldest unanswered beat was sent, by `performance.now()`, or null when all are answered. */
  get oldestUnansweredMs(): number | null {
    return this.#oldestUnansweredMs;
  }

  start(): void {
    this.stop();
    this.#silent = false;
    this.#waitingSinceMs = null;
    this.#lastTurnMs = performance.now();
    this.#timer = setInterval(() => this.#turn(), INTERVAL_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#oldestUnansweredMs = null;
  }

  answered(beat: number): void {
    if (this.#timer === null || beat > this.#beat) return;
    this.#waitingSinceMs = null;
    this.#oldestUnansweredMs = null;
    if (this.#silent) {
      this.#silent = false;
      this.#onAnswering();
    }
  }

  #turn(): void {
    const now = performance.now();
    // The browser process itself was held up: the answer may be waiting in its own queue. Give it the time back.
    const late = now - this.#lastTurnMs - INTERVAL_MS;
    if (this.#waitingSinceMs !== null && late > INTERVAL_MS) this.#waitingSinceMs += late;
    this.#lastTurnMs = now;
    if (!this.#silent && this.#waitingSinceMs !== null && now - this.#waitingSinceMs > LIMIT_MS) {
      this.#silent = true;
      this.#onSilent();
    }
    this.#beat += 1;
    this.#waitingSinceMs ??= now;
    this.#oldestUnansweredMs ??= now;
    this.#send(this.#beat);
  }
}
