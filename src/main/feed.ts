import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import type { FeedMessage, SampleBatch } from '../shared/feed';
import { FEED_CHANNEL } from '../shared/ipc-channels';
import type { Snapshot } from '../shared/snapshot';
import type { MeasuredChannel } from './channels/measured-channel';
import { nowNs } from './clock';
import type { Laboratory } from './laboratory';

const SAMPLES_EVERY_MS = 100;
/** Percentiles move slowly and cost something to read; states are sent at once, but at most so often. */
const SNAPSHOT_EVERY_MS = 500;
const SNAPSHOT_AT_MOST_EVERY_MS = 100;

/**
 * What the shell gets to see, over one MessagePort: samples in one batch per channel every 100 ms, and snapshots when
 * something changed. Measuring doesn't wait for it: what settles meanwhile is collected.
 */
export class Feed {
  readonly #takeSnapshot: () => Snapshot;
  readonly #settled = new Map<MeasuredChannel, number[]>();
  #port: MessagePortMain | null = null;
  #samplesTimer: NodeJS.Timeout | null = null;
  #snapshotTimer: NodeJS.Timeout | null = null;
  #soon: NodeJS.Timeout | null = null;
  #lastSnapshotMs = 0;

  constructor(laboratory: Laboratory, snapshot: () => Snapshot) {
    this.#takeSnapshot = snapshot;
    for (const channel of laboratory.channels) this.#watch(channel);
    laboratory.onChannelAdded((channel) => this.#watch(channel));
    laboratory.onChanged(() => this.snapshotSoon());
  }

  /** Opens the feed to a shell page; a page loaded anew gets a new one. */
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
    this.#samplesTimer = setInterval(() => this.#sendSamples(), SAMPLES_EVERY_MS);
    this.#snapshotTimer = setInterval(() => this.#sendSnapshot(), SNAPSHOT_EVERY_MS);
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

  #watch(channel: MeasuredChannel): void {
    const settled: number[] = [];
    this.#settled.set(channel, settled);
    channel.probe.onSettled((sequence) => {
      if (this.#port !== null) settled.push(sequence);
    });
  }

  #sendSnapshot(): void {
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#soon = null;
    this.#lastSnapshotMs = performance.now();
    this.send({ kind: 'snapshot', snapshot: this.#takeSnapshot() });
  }

  #sendSamples(): void {
    const batches: SampleBatch[] = [];
    for (const [channel, settled] of this.#settled) {
      if (settled.length === 0) continue;
      batches.push(batchOf(channel, settled));
      settled.length = 0;
    }
    this.send({ kind: 'samples', nowNs: nowNs(), batches });
  }
}

function batchOf(channel: MeasuredChannel, sequences: readonly number[]): SampleBatch {
  const batch: SampleBatch = {
    channelId: channel.id,
    seq: Uint32Array.from(sequences),
    intendedNs: new Float64Array(sequences.length),
    sentNs: new Float64Array(sequences.length),
    rttNs: new Float64Array(sequences.length),
  };
  sequences.forEach((sequence, i) => {
    const sample = channel.probe.log.get(sequence);
    batch.intendedNs[i] = sample?.intendedNs ?? Number.NaN;
    batch.sentNs[i] = sample?.sentNs ?? Number.NaN;
    batch.rttNs[i] = sample?.rttNs ?? Number.NaN;
  });
  return batch;
}
