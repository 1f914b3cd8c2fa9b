import type { BenchOutput } from '../../shared/bench/request';
import type { BenchResult, BenchRun } from '../../shared/bench/schema';
import { nameOnRoute } from '../../shared/bench/routes';
import { formatBytes } from '../../shared/format';
import { words } from '../../shared/messages/message';
import type { ScheduleProgress } from '../schedule';
import { ProgressPipe } from './progress-pipe';

const REDRAW_MS = 200;

export interface ProgressOutput {
  show(progress: ScheduleProgress): void;
  /** Every run that is planned, without figures. */
  begun?(result: BenchResult): void;
  /** A run's figures so far; null when there are too many samples to look through between two steps. */
  measured?(index: number, run: () => BenchRun | null): void;
  /** Everything is measured. */
  end(): void;
}

export function progressTo(where: BenchOutput['progress']): ProgressOutput {
  return typeof where === 'string' ? new ProgressLine(where === 'terminal') : new ProgressPipe(where.descriptor);
}

/**
 * Progress on standard error. On a terminal one line is drawn over itself; it ends with a line feed all the same,
 * because the launcher passes on whole lines. Elsewhere there is one plain line for each step.
 */
export class ProgressLine implements ProgressOutput {
  readonly #terminal: boolean;
  readonly #write: (text: string) => void;
  #drawn = false;
  #lastMs = Number.NEGATIVE_INFINITY;
  #step = 0;

  constructor(terminal: boolean, write: (text: string) => void = (text) => void process.stderr.write(text)) {
    this.#terminal = terminal;
    this.#write = write;
  }

  show(progress: ScheduleProgress): void {
    const isNew = progress.number !== this.#step;
    this.#step = progress.number;
    if (!this.#terminal) {
      if (isNew) this.#write(`${progressText(progress)}\n`);
      return;
    }
    const now = performance.now();
    if (!isNew && now - this.#lastMs < REDRAW_MS) return;
    this.#lastMs = now;
    this.#write(`${this.#drawn ? UP_AND_CLEAR : ''}${progressText(progress)}\n`);
    this.#drawn = true;
  }

  end(): void {
    if (this.#drawn) this.#write(`${UP_AND_CLEAR}${words('bench-command.measured')}\n`);
    this.#drawn = false;
  }
}

const UP_AND_CLEAR = '\u001b[1A\u001b[2K';

/** `[3/12] round 1 of 3, tcp at 64 B, 45 %, about 12 s left` */
export function progressText({ step, number, steps, rounds, settled, leftMs }: ScheduleProgress): string {
  const parts = [
    `round ${step.round + 1} of ${rounds}`,
    `${nameOnRoute(step.run)} at ${formatBytes(step.run.sizeBytes)}`,
  ];
  if (settled > 0) parts.push(`${Math.min(100, Math.floor((settled / step.cycles) * 100))} %`);
  if (leftMs !== null) parts.push(`about ${Math.max(1, Math.round(leftMs / 1000))} s left`);
  return `[${number}/${steps}] ${parts.join(', ')}`.replaceAll('\u202f', ' ');
}
