import { Worker } from 'node:worker_threads';
import type { ProbeSettings } from '../../shared/probe-settings';
import type { TransportId } from '../../shared/transport-catalog';
import { clockOrigin } from '../../node/clock';
import type { NearEnd } from '../channels/near-end';
import type { FromMeasuringThread, ThreadData, ToMeasuringThread } from './messages';
import { RECORD_WIDTH, takeRecord } from './ping-records';
import { newSharedRing, RingReader } from './record-ring';
import { ThreadEnd } from './thread-end';

/** What has settled is taken over so often, and besides whenever somebody is about to read it. */
const DRAIN_EVERY_MS = 50;
/** How long the thread may take to close everything. */
const END_LIMIT_MS = 1000;

export interface MeasuringThreadOptions {
  /** The script of the thread. */
  entry: string;
  /** The thread stood still for so long. */
  onStall: (durationMs: number) => void;
  /** An error of the thread's own, or its end that nobody asked for. */
  onBug: (error: unknown) => void;
}

export interface ThreadEndOptions {
  transport: TransportId;
  phase: number;
  settings: ProbeSettings;
}

/**
 * A thread of the browser process that measures over kernel transports and does nothing else: what else the main thread
 * has to do delays no ping, and pings delay nothing. Its samples come through shared memory.
 */
export class MeasuringThread {
  readonly #worker: Worker;
  readonly #ring: RingReader;
  readonly #options: MeasuringThreadOptions;
  readonly #ends: ThreadEnd[] = [];
  /** Openings of which records may still come. */
  #open = 0;
  #timer: NodeJS.Timeout | null = null;
  readonly #exited: Promise<unknown>;
  #ending = false;

  constructor(options: MeasuringThreadOptions) {
    this.#options = options;
    const ring = newSharedRing(RECORD_WIDTH);
    this.#ring = new RingReader(ring);
    this.#worker = new Worker(options.entry, {
      workerData: { clock: clockOrigin(), ring } satisfies ThreadData,
      // Links hand descriptors to sockets and to the addon, which close them. Node.js would take them for forgotten and
      // close them once more at the thread's end, when their numbers may be somebody else's.
      trackUnmanagedFds: false,
    });
    this.#worker.on('message', (message: FromMeasuringThread) => this.#heard(message));
    this.#worker.on('error', (error) => {
      this.#ending = true;
      options.onBug(error);
    });
    this.#exited = new Promise((resolve) => this.#worker.on('exit', resolve)).then((code) => {
      if (!this.#ending) options.onBug(new Error(`The measuring thread ended by itself, with ${String(code)}.`));
    });
  }

  /** An end for one channel, for as long as the thread lives. */
  nearEnd({ transport, phase, settings }: ThreadEndOptions): NearEnd {
    const channel = this.#ends.length;
    const end = new ThreadEnd(channel, (message) => this.#tell(message));
    this.#ends.push(end);
    this.#tell({ kind: 'add', channel, transport, phase, settings });
    return end;
  }

  /** Takes over what has settled so far: to be called before samples or figures are read. */
  readonly drain = (): void => {
    this.#ring.read((record) => takeRecord(record, this.#ends));
  };

  /** Closes every end in order. Resolves when the thread is gone. */
  async end(): Promise<void> {
    this.#ending = true;
    const limit = setTimeout(() => void this.#worker.terminate(), END_LIMIT_MS);
    this.#tell({ kind: 'end' });
    await this.#exited;
    clearTimeout(limit);
    this.drain();
    this.#stopDraining();
  }

  #tell(message: ToMeasuringThread): void {
    if (message.kind === 'listen') {
      this.#open += 1;
      this.#timer ??= setInterval(this.drain, DRAIN_EVERY_MS);
    }
    this.#worker.postMessage(message);
  }

  #heard(message: FromMeasuringThread): void {
    switch (message.kind) {
      case 'stalled':
        this.#options.onStall(message.durationMs);
        return;
      case 'bug':
        this.#options.onBug(message.error);
        return;
      case 'closed':
        this.drain();
        this.#open -= 1;
        if (this.#open === 0) this.#stopDraining();
        return;
      case 'listening':
      case 'failed':
      case 'broken':
        this.#ends[message.channel]?.heard(message);
    }
  }

  #stopDraining(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
