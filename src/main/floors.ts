import type { Recording } from '../shared/recording/schema';
import { FRAME_HEADER_BYTES } from '../shared/frame';
import { exactPercentile } from '../shared/measure/percentiles';
import type { FloorView } from '../shared/snapshot';
import type { TransportId } from '../shared/transport-catalog';
import { type Floor, floorMethodOf, type FloorOptions, runFloor } from '../transports/native/floor';
import type { Laboratory } from './laboratory';

/** The start has enough to do, and channels that are switched on in a row wait for each other. */
const WAIT_MS = 2500;
/** Some tens of milliseconds of two processes. */
const CYCLES = 500;
const WARMUP = 100;
/** Now and then the scheduler puts both ends on two cores and leaves them there: the lowest median is the floor. */
const RUNS = 3;
const LIMIT_S = 5;

type Figures = Pick<FloorView, 'p50' | 'p99' | 'reason'>;
type Measure = (options: FloorOptions) => Promise<Floor>;

/**
 * Measures the kernel floor of every transport that is switched on, once for each payload size: in processes of their
 * own, one transport after another with a pause before each, because the channels are being measured meanwhile.
 */
export class FloorMeter {
  readonly #laboratory: Pick<Laboratory, 'channels' | 'settings' | 'onChanged'>;
  readonly #onMeasured: () => void;
  readonly #measure: Measure;
  readonly #floors = new Map<string, FloorView>();
  readonly #stopped = new AbortController();
  readonly #unsubscribe: () => void;
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    laboratory: Pick<Laboratory, 'channels' | 'settings' | 'onChanged'>,
    onMeasured: () => void,
    measure: Measure = runFloor,
  ) {
    this.#laboratory = laboratory;
    this.#onMeasured = onMeasured;
    this.#measure = measure;
    this.#unsubscribe = laboratory.onChanged(() => this.#check());
  }

  /** Those of the present payload. */
  present(): FloorView[] {
    const { payloadBytes } = this.#laboratory.settings;
    return [...this.#floors.values()].filter((floor) => floor.payloadBytes === payloadBytes);
  }

  /** All that were measured, for the recording. */
  measured(): NonNullable<Recording['floors']> {
    return [...this.#floors.values()].flatMap(({ transport, payloadBytes, p50, p99 }) =>
      p50 === null || p99 === null ? [] : [{ transport, payloadBytes, p50, p99 }],
    );
  }

  /** Resolves when no process of it is left. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#stopped.abort();
    await this.#running;
  }

  #check(): void {
    if (this.#timer !== null || this.#running !== null || this.#stopped.signal.aborted) return;
    if (this.#missing() === null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const missing = this.#missing();
      if (missing === null) return;
      this.#running = this.#take(missing).finally(() => {
        this.#running = null;
        this.#check();
      });
    }, WAIT_MS);
  }

  #missing(): TransportId | null {
    const { payloadBytes } = this.#laboratory.settings;
    const missing = this.#laboratory.channels.find(
      ({ enabled, measuring, transport }) =>
        enabled && measuring && floorMethodOf(transport) !== null && !this.#floors.has(keyOf(transport, payloadBytes)),
    );
    return missing?.transport ?? null;
  }

  async #take(transport: TransportId): Promise<void> {
    const { payloadBytes } = this.#laboratory.settings;
    let lowest: Figures | null = null;
    for (let run = 0; run < RUNS; run += 1) {
      const figures = figuresOf(
        await this.#measure({
          method: floorMethodOf(transport) ?? transport,
          bytes: payloadBytes + FRAME_HEADER_BYTES,
          cycles: CYCLES,
          warmup: WARMUP,
          // Live pings come one by one, and both ends are asleep when they do.
          spinNs: 0,
          cpus: null,
          limitS: LIMIT_S,
          signal: this.#stopped.signal,
        }),
      );
      if (lowest === null || (figures.p50 ?? Infinity) < (lowest.p50 ?? Infinity)) lowest = figures;
      if (figures.p50 === null) break;
    }
    if (this.#stopped.signal.aborted || lowest === null) return;
    this.#floors.set(keyOf(transport, payloadBytes), { transport, payloadBytes, ...lowest });
    this.#onMeasured();
  }
}

function keyOf(transport: TransportId, payloadBytes: number): string {
  return `${transport}/${payloadBytes}`;
}

function figuresOf(floor: Floor): Figures {
  if ('reason' in floor) return { p50: null, p99: null, reason: floor.reason };
  const sorted = floor.rttNs.toSorted();
  return { p50: exactPercentile(sorted, 50), p99: exactPercentile(sorted, 99), reason: null };
}
