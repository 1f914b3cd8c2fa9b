import type { OddPong, PingListener } from '../../shared/measure/pinger';
import type { PingFigures } from '../../shared/measure/ping-figures';
import { LOG_COLUMNS } from '../../shared/measure/sample-columns';
import type { SampleLog } from '../../shared/measure/sample-log';
import type { RingWriter } from './record-ring';

/** What a pinger's listener is told, as records of a ring. */

/** `done`: sent and settled. */
const KINDS = ['sent', 'settled', 'done', 'stamped', 'missed', 'counted', 'rejected'] as const;
const ODD_PONGS: readonly OddPong[] = ['late', 'duplicate', 'reordered', 'illStamped'];
/** Where in a record what stands. */
const KIND = 0;
const CHANNEL = 1;
/** A sequence number, or a count. */
const NUMBER = 2;
const REST = 3;
const ARGUMENTS_OF_MISSED = 3;

export const RECORD_WIDTH = REST + Math.max(LOG_COLUMNS, ARGUMENTS_OF_MISSED);

const NONE = -1;

/**
 * Writes what one channel's pinger tells. That a ping was sent is held back until it has settled, the next one is sent,
 * or `writeHeld` is called: written at once, it would keep the thread from its sleep while the pong is on its way.
 */
export class PingRecorder implements PingListener {
  readonly #ring: RingWriter;
  readonly #log: SampleLog;
  readonly #record = new Float64Array(RECORD_WIDTH);
  /** The one that was sent and isn't written. */
  #held = NONE;

  constructor(ring: RingWriter, log: SampleLog, channel: number) {
    this.#ring = ring;
    this.#log = log;
    this.#record[CHANNEL] = channel;
  }

  sent(sequence: number): void {
    this.writeHeld();
    this.#held = sequence;
  }

  settled(sequence: number): void {
    if (this.#held === sequence) {
      this.#held = NONE;
      this.#writeSample('done', sequence);
      return;
    }
    // Each follows the one before.
    this.writeHeld();
    this.#writeSample('settled', sequence);
  }

  stamped(sequence: number): void {
    this.#writeSample('stamped', sequence);
  }

  writeHeld(): void {
    if (this.#held === NONE) return;
    this.#writeSample('sent', this.#held);
    this.#held = NONE;
  }

  missed(count: number, firstDueNs: number, intervalNs: number, nowNs: number): void {
    this.#record[REST] = firstDueNs;
    this.#record[REST + 1] = intervalNs;
    this.#record[REST + 2] = nowNs;
    this.#write('missed', count);
  }

  counted(pong: OddPong): void {
    this.#write('counted', ODD_PONGS.indexOf(pong));
  }

  /** So many frames in all were no frames. */
  rejected(total: number): void {
    this.#write('rejected', total);
  }

  #writeSample(kind: 'sent' | 'settled' | 'done' | 'stamped', sequence: number): void {
    this.#log.copy(sequence, this.#record, REST);
    this.#write(kind, sequence);
  }

  #write(kind: (typeof KINDS)[number], number: number): void {
    this.#record[KIND] = KINDS.indexOf(kind);
    this.#record[NUMBER] = number;
    this.#ring.write(this.#record);
  }
}

/** What records of a channel come to. */
export interface RecordTaker {
  readonly figures: PingFigures;
  rejected: number;
}

/** @throws RangeError for what no `PingRecorder` writes */
export function takeRecord(record: Float64Array, channels: ReadonlyArray<RecordTaker>): void {
  const taker = channels[record[CHANNEL] as number];
  const kind = KINDS[record[KIND] as number];
  const number = record[NUMBER] as number;
  if (taker === undefined || kind === undefined)
    throw new RangeError(`The measuring thread wrote of channel ${record[CHANNEL]} a record of kind ${record[KIND]}.`);
  const { figures } = taker;
  switch (kind) {
    case 'sent':
      figures.log.paste(number, record, REST);
      figures.sent();
      break;
    case 'settled':
      if (figures.log.paste(number, record, REST)) figures.settled(number);
      break;
    case 'done':
      figures.sent();
      if (figures.log.paste(number, record, REST)) figures.settled(number);
      break;
    case 'stamped':
      figures.log.paste(number, record, REST);
      break;
    case 'missed':
      figures.missed(number, record[REST] as number, record[REST + 1] as number, record[REST + 2] as number);
      break;
    case 'counted': {
      const pong = ODD_PONGS[number];
      if (pong === undefined) throw new RangeError(`The measuring thread counted a pong of kind ${number}.`);
      figures.counted(pong);
      break;
    }
    case 'rejected':
      taker.rejected = number;
      break;
  }
}
