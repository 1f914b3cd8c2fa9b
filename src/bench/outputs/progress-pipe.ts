import { inheritedPipe } from '../../node/lifeline';
import type { BenchPartial, BenchProgress } from '../../shared/bench/progress';
import type { BenchResult, BenchRun } from '../../shared/bench/schema';
import type { ScheduleProgress } from '../schedule';
import { words } from '../../shared/messages/message';

const AT_MOST_EVERY_MS = 100;
/** Said again, though nothing is new: whoever reads takes a longer silence for the benchmark's end. */
const AT_LEAST_EVERY_MS = 1000;

/** Progress, and figures before the end, as lines of JSON (`progressLineSchema`) on a descriptor that another program reads. */
export class ProgressPipe {
  readonly #write: (text: string) => void;
  readonly #timer: NodeJS.Timeout;
  #latest: BenchProgress | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(descriptor: number, write: (text: string) => void = writerTo(descriptor)) {
    this.#write = write;
    this.#tell();
    this.#timer = setInterval(() => this.#tell(), AT_LEAST_EVERY_MS);
  }

  show({ step, number, steps, rounds, settled, leftMs }: ScheduleProgress): void {
    const isNew = number !== this.#latest?.number;
    this.#latest = {
      number,
      steps,
      round: step.round + 1,
      rounds,
      method: step.run.method,
      route: step.run.route,
      size: step.run.sizeBytes,
      settled,
      cycles: step.cycles,
      leftMs,
    };
    if (isNew || performance.now() - this.#lastMs >= AT_MOST_EVERY_MS) this.#tell();
  }

  begun(result: BenchResult): void {
    this.#tellPartial({ begun: result });
  }

  measured(index: number, run: () => BenchRun | null): void {
    const measured = run();
    if (measured !== null) this.#tellPartial({ measured: { index, run: measured } });
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #tellPartial(partial: BenchPartial): void {
    this.#write(`${JSON.stringify(partial)}\n`);
  }

  #tell(): void {
    this.#lastMs = performance.now();
    this.#write(`${JSON.stringify(this.#latest)}\n`);
  }
}

function writerTo(descriptor: number): (text: string) => void {
  const pipe = inheritedPipe(descriptor, 'write', words('start.no-progress'));
  // Nobody may be left to read.
  pipe?.on('error', () => undefined);
  return (text) => void pipe?.write(text);
}
