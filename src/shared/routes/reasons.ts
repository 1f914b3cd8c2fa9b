/** Reasons differ by what happened, not by message; should they do so all the same, the rest are one reason. */
const MAX_REASONS = 100;
const OTHER = 'other reasons';

export interface ReasonCount {
  reason: string;
  count: number;
}

/** How often each reason was given. Bounded. */
export class Reasons {
  readonly #counts = new Map<string, number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(reason: string): void {
    const name = this.#counts.has(reason) || this.#counts.size < MAX_REASONS ? reason : OTHER;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    this.#total += 1;
  }

  /** The most frequent first. */
  list(): ReasonCount[] {
    return [...this.#counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
  }
}
