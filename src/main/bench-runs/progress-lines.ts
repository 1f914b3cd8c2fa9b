import { type BenchProgress, progressLineSchema } from '../../shared/bench/progress';

/** A line is a few hundred characters: what is longer is none of ours. */
const MAX_LINE = 10_000;

/** Cuts what comes through the pipe into lines. What is no progress is ignored: another process is only half trusted. */
export class ProgressLines {
  readonly #onProgress: (progress: BenchProgress) => void;
  #rest = '';

  constructor(onProgress: (progress: BenchProgress) => void) {
    this.#onProgress = onProgress;
  }

  take(chunk: Buffer): void {
    const lines = (this.#rest + chunk.toString('utf8')).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, MAX_LINE);
    for (const line of lines) {
      const progress = parse(line);
      if (progress !== null) this.#onProgress(progress);
    }
  }
}

function parse(line: string): BenchProgress | null {
  try {
    return progressLineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
