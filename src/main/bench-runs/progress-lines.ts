import { LineDecoder } from '../../node/line-decoder';
import { type BenchPartial, type BenchProgress, progressLineSchema } from '../../shared/bench/progress';

/** Progress is a few hundred characters, a run some thousand, and all runs that are planned are less. What is longer is none of ours. */
const MAX_LINE = 1_000_000;

/** Cuts what comes through the pipe into lines. What is no progress is ignored: another process is only half trusted. */
export class ProgressLines {
  readonly #onProgress: (progress: BenchProgress) => void;
  readonly #onPartial: (partial: BenchPartial) => void;
  readonly #decoder = new LineDecoder(MAX_LINE);

  constructor(onProgress: (progress: BenchProgress) => void, onPartial: (partial: BenchPartial) => void) {
    this.#onProgress = onProgress;
    this.#onPartial = onPartial;
  }

  take(chunk: Buffer): void {
    for (const line of this.#decoder.take(chunk)) {
      const said = parse(line);
      if (said === null) continue;
      if ('begun' in said || 'measured' in said) this.#onPartial(said);
      else this.#onProgress(said);
    }
  }
}

function parse(line: string): BenchProgress | BenchPartial | null {
  try {
    return progressLineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
