import { type Outcome, outcomeCode } from './outcome';
import {
  addStamps,
  type Columns,
  copySample,
  hasStamps,
  newColumns,
  pasteSample,
  readSample,
  type Sample,
  type StampColumn,
} from './sample-columns';

/**
 * Every ping of one channel, in the order in which they were meant to be sent, in typed arrays that grow by chunks.
 * Beyond the capacity the oldest chunk is dropped: `first` says how many samples are gone.
 */

const CHUNK = 4096;

type Chunk = Columns<'log'>;

export class SampleLog {
  readonly #maxChunks: number;
  readonly #chunks: Chunk[] = [];
  #firstChunk = 0;
  #next = 0;

  /** Keeps at least `capacity` samples (rounded up to a chunk of 4,096). */
  constructor(capacity = 600_000) {
    this.#maxChunks = Math.max(2, Math.ceil(capacity / CHUNK) + 1);
  }

  /** Sequence number that the next ping gets. */
  get next(): number {
    return this.#next;
  }

  /** Sequence number of the oldest sample still held. */
  get first(): number {
    return this.#firstChunk * CHUNK;
  }

  /** Whether some of the held samples may have stage stamps. */
  get stamped(): boolean {
    return this.#chunks.some(hasStamps);
  }

  append(intendedNs: number, payloadBytes: number, hidden: boolean): number {
    const sequence = this.#next;
    this.#next += 1;
    const at = sequence % CHUNK;
    if (at === 0) this.#grow();
    const chunk = this.#chunks.at(-1) as Chunk;
    chunk.intendedNs[at] = intendedNs;
    chunk.payloadBytes[at] = payloadBytes;
    chunk.hidden[at] = hidden ? 1 : 0;
    return sequence;
  }

  markSent(sequence: number, sentNs: number): void {
    const chunk = this.#chunkOf(sequence);
    if (chunk !== undefined) chunk.sentNs[sequence % CHUNK] = sentNs;
  }

  /** Puts down when a ping reached a point. Room for stamps is taken with the first of its chunk. */
  stamp(sequence: number, point: StampColumn, ns: number): void {
    const chunk = this.#chunkOf(sequence);
    if (chunk === undefined) return;
    if (!hasStamps(chunk)) addStamps(chunk);
    chunk[point][sequence % CHUNK] = ns;
  }

  /** When a ping reached a point; NaN when that wasn't put down. */
  stampOf(sequence: number, point: StampColumn): number {
    return this.#chunkOf(sequence)?.[point][sequence % CHUNK] ?? Number.NaN;
  }

  /**
   * The log as it stands, for reading: it shares the chunks, so it costs nothing and loses nothing while this one goes
   * on. Only pings that are pending now can still change in it.
   */
  freeze(): SampleLog {
    const frozen = new SampleLog();
    frozen.#chunks.push(...this.#chunks);
    frozen.#firstChunk = this.#firstChunk;
    frozen.#next = this.#next;
    return frozen;
  }

  /** Settles a pending ping. False when it is settled already or no longer held. */
  settle(sequence: number, outcome: Exclude<Outcome, 'pending'>, rttNs: number): boolean {
    const chunk = this.#chunkOf(sequence);
    const at = sequence % CHUNK;
    if (chunk === undefined || chunk.outcome[at] !== outcomeCode.pending) return false;
    chunk.outcome[at] = outcomeCode[outcome];
    chunk.rttNs[at] = rttNs;
    return true;
  }

  /** Whether it is held, and not settled. */
  isPending(sequence: number): boolean {
    return this.#chunkOf(sequence)?.outcome[sequence % CHUNK] === outcomeCode.pending;
  }

  /** NaN when it was never sent, or is not held any more. */
  sentNsOf(sequence: number): number {
    return this.#chunkOf(sequence)?.sentNs[sequence % CHUNK] ?? Number.NaN;
  }

  /** A sample that is held, as numbers, one for each column, from `at` on. */
  copy(sequence: number, into: Float64Array, at: number): void {
    const chunk = this.#chunkOf(sequence);
    if (chunk === undefined) throw new RangeError(`Sample ${sequence} is not held.`);
    copySample(chunk, sequence % CHUNK, into, at);
  }

  /**
   * Takes a sample from numbers that `copy` of another log wrote: the next one, or one that it has already. False when it
   * has let it go.
   */
  paste(sequence: number, from: Float64Array, at: number): boolean {
    if (!Number.isInteger(sequence) || sequence < 0 || sequence > this.#next)
      throw new RangeError(`Sample ${sequence} does not follow ${this.#next - 1}.`);
    if (sequence === this.#next) this.append(Number.NaN, 0, false);
    const chunk = this.#chunkOf(sequence);
    if (chunk !== undefined) pasteSample(chunk, sequence % CHUNK, from, at);
    return chunk !== undefined;
  }

  get(sequence: number): Sample | null {
    const chunk = this.#chunkOf(sequence);
    if (chunk === undefined) return null;
    return readSample(chunk, sequence % CHUNK, sequence);
  }

  /** Held samples from `from` to before `to`, oldest first, pending ones included. */
  *range(from = this.first, to = this.next): Generator<Sample> {
    for (let sequence = Math.max(from, this.first); sequence < Math.min(to, this.next); sequence += 1) {
      const sample = this.get(sequence);
      // A log that goes on while it is read may have dropped its oldest chunk meanwhile.
      if (sample !== null) yield sample;
    }
  }

  /** The first sequence number whose intended time is at or after `tNs`. Intended times never fall. */
  firstAtOrAfter(tNs: number): number {
    let low = this.first;
    let high = this.next;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = this.#chunkOf(middle) as Chunk;
      if ((chunk.intendedNs[middle % CHUNK] as number) < tNs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    this.#chunks.push(newColumns('log', CHUNK));
    if (this.#chunks.length > this.#maxChunks) {
      this.#chunks.shift();
      this.#firstChunk += 1;
    }
  }

  #chunkOf(sequence: number): Chunk | undefined {
    if (sequence >= this.#next || sequence < 0) return undefined;
    return this.#chunks[Math.floor(sequence / CHUNK) - this.#firstChunk];
  }
}
