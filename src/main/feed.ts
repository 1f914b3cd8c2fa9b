import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Emitter, type Unsubscribe } from '../shared/emitter';
import type { FeedMessage } from '../shared/feed';
import type { SampleBatch } from '../shared/sample-batch';
import { FEED_CHANNEL } from '../shared/ipc-channels';
import type { SampleLog } from '../shared/measure/sample-log';
import type { Snapshot } from '../shared/snapshot';
import { batchOf } from './sample-batch';
import { nowNs } from './clock';
import type { Laboratory } from './laboratory';

const SAMPLES_EVERY_MS = 100;
/** Percentiles move slowly and cost something to read; states are sent at once, but at most so often. */
const SNAPSHOT_EVERY_MS = 500;
const SNAPSHOT_AT_MOST_EVERY_MS = 100;
/** A page loaded anew gets what its longest chart shows, of each channel at most so much, in pieces with pauses. */
const HISTORY_NS = 600e9;
const HISTORY_SAMPLES = 60_000;
const HISTORY_PIECE = 5000;

/** What samples come from: a channel, or a kernel floor. */
export interface SampleSource {
  readonly id: string;
  readonly probe: { readonly log: SampleLog; onSettled(listener: (sequence: number) => void): Unsubscribe };
}

/**
 * What the shell gets to see, over one MessagePort: samples in one batch per channel every 100 ms, and snapshots when
 * something changed. Measuring doesn't wait for it: what settles meanwhile is collected.
 */
export class Feed {
  readonly #takeSnapshot: () => Snapshot;
  readonly #bringUpToDate: () => void;
  readonly #settled = new Map<SampleSource, number[]>();
  readonly #opened = new Emitter<void>();
  #port: MessagePortMain | null = null;
  #samplesTimer: NodeJS.Timeout | null = null;
  #snapshotTimer: NodeJS.Timeout | null = null;
  #soon: NodeJS.Timeout | null = null;
  #lastSnapshotMs = 0;

  constructor(
    laboratory: Pick<Laboratory, 'channels' | 'onChannelAdded' | 'onChanged' | 'bringUpToDate'>,
    snapshot: () => Snapshot,
  ) {
    this.#takeSnapshot = snapshot;
    this.#bringUpToDate = laboratory.bringUpToDate;
    for (const channel of laboratory.channels) this.watch(channel);
    laboratory.onChannelAdded((channel) => this.watch(channel));
    laboratory.onChanged(() => this.snapshotSoon());
  }

  /** Hears of each page that has what was kept for it, and follows from now on. */
  onOpened(listener: () => void): Unsubscribe {
    return this.#opened.on(listener);
  }

  /** Opens the feed to a shell page; a page loaded anew gets a new one, with the samples so far. */
  open(shell: WebContents): void {
    this.close();
    const { port1, port2 } = new MessageChannelMain();
    this.#port = port1;
    port1.on('close', () => {
      if (this.#port === port1) this.close();
    });
    port1.start();
    shell.postMessage(FEED_CHANNEL, null, [port2]);
    this.#sendSnapshot();
    this.#snapshotTimer = setInterval(() => this.#sendSnapshot(), SNAPSHOT_EVERY_MS);
    void this.#sendHistory(port1);
  }

  close(): void {
    for (const timer of [this.#samplesTimer, this.#snapshotTimer, this.#soon]) if (timer !== null) clearTimeout(timer);
    this.#samplesTimer = this.#snapshotTimer = this.#soon = null;
    this.#port?.close();
    this.#port = null;
    for (const settled of this.#settled.values()) settled.length = 0;
  }

  send(message: FeedMessage): boolean {
    this.#port?.postMessage(message);
    return this.#port !== null;
  }

  snapshotSoon(): void {
    if (this.#port === null || this.#soon !== null) return;
    const wait = Math.max(0, this.#lastSnapshotMs + SNAPSHOT_AT_MOST_EVERY_MS - performance.now());
    this.#soon = setTimeout(() => this.#sendSnapshot(), wait);
  }

  /** Its samples are sent from now on. */
  watch(channel: SampleSource): void {
    const settled: number[] = [];
    this.#settled.set(channel, settled);
    channel.probe.onSettled((sequence) => {
      if (this.#port !== null) settled.push(sequence);
    });
  }

  /** What was settled before, then what settles from now on: the page folds them in order. */
  async #sendHistory(port: MessagePortMain): Promise<void> {
    const from = nowNs() - HISTORY_NS;
    const ends = [...this.#settled.keys()].map((channel) => ({ channel, end: channel.probe.log.next }));
    for (const { channel, end } of ends) {
      const { log } = channel.probe;
      let next = Math.max(log.firstAtOrAfter(from), end - HISTORY_SAMPLES);
      while (next < end) {
        // What settles meanwhile comes with the rest.
        const later = new Set(this.#settled.get(channel));
        const piece: number[] = [];
        for (const { sequence, outcome } of log.range(next, Math.min(end, next + HISTORY_PIECE)))
          if (outcome !== 'pending' && !later.has(sequence)) piece.push(sequence);
        next += HISTORY_PIECE;
        if (piece.length === 0) continue;
        this.send({ kind: 'samples', nowNs: nowNs(), batches: [batchOf(channel, piece)] });
        await nextTurn();
        if (this.#port !== port) return;
      }
    }
    // From now on snapshots go with samples: both at once are one turn and one layout of the page.
    if (this.#snapshotTimer !== null) clearInterval(this.#snapshotTimer);
    this.#snapshotTimer = null;
    this.#samplesTimer = setInterval(() => {
      this.#sendSamples();
      if (performance.now() - this.#lastSnapshotMs > SNAPSHOT_EVERY_MS - SAMPLES_EVERY_MS / 2) this.#sendSnapshot();
    }, SAMPLES_EVERY_MS);
    this.#opened.emit();
  }

  #sendSnapshot(): void {
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#soon = null;
    this.#lastSnapshotMs = performance.now();
    this.send({ kind: 'snapshot', snapshot: this.#takeSnapshot() });
  }

  #sendSamples(): void {
    this.#bringUpToDate();
    const batches: SampleBatch[] = [];
    for (const [channel, settled] of this.#settled) {
      if (settled.length === 0) continue;
      batches.push(batchOf(channel, settled));
      settled.length = 0;
    }
    this.send({ kind: 'samples', nowNs: nowNs(), batches });
  }
}
