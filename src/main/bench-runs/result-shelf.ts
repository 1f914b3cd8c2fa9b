import type { BenchResult } from '../../shared/bench/schema';
import type { ResultSummary } from '../../shared/bench-window/view';

interface Kept {
  summary: ResultSummary;
  result: BenchResult;
}

/** The results of this session, measured or opened. They are on disk only where the person saved them. */
export class ResultShelf {
  readonly #kept = new Map<number, Kept>();
  #nextId = 1;

  get summaries(): ResultSummary[] {
    return [...this.#kept.values()].map(({ summary }) => summary);
  }

  /** `path`: the file that it was opened from, or null. */
  add(name: string, path: string | null, result: BenchResult): number {
    const id = this.#nextId;
    this.#nextId += 1;
    const summary: ResultSummary = {
      id,
      name,
      path,
      beganAt: result.environment.began_at,
      interrupted: result.environment.interrupted,
      measured: result.runs.filter((run) => run.rtt_ns !== null).length,
      runs: result.runs.length,
    };
    this.#kept.set(id, { summary, result });
    return id;
  }

  get(id: number): Kept | undefined {
    return this.#kept.get(id);
  }

  remove(id: number): boolean {
    return this.#kept.delete(id);
  }
}
