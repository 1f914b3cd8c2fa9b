import { LineDecoder } from '../../node/line-decoder';
import { type BenchProgress, progressLineSchema } from '../../shared/bench/progress';

/** A line is a few hundred characters: what is longer is none of ours. */
const MAX_LINE = 10_000;

/** Cuts what comes through the pipe into lines. What is no progress is ignored: another process is only half trusted. */
export class ProgressLines {
  readonly #onProgress: (progress: BenchProgress) => void;
  readonly #decoder = new LineDecoder(MAX_LINE);

  constructor(onProgress: (progress: BenchProgress) => void) {
    this.#onProgress = onProgress;
  }

  take(chunk: Buffer): void {
    for (const line of this.#decoder.take(chunk)) {
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
