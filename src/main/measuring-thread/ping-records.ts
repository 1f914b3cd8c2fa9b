import type { OddPong, PingListener } from '../../shared/measure/pinger';
import type { PingFigures } from '../../shared/measure/ping-figures';
import { LOG_COLUMNS } from '../../shared/measure/sample-columns';
import type { SampleLog } from '../../shared/measure/sample-log';
import type { RingWriter } from './record-ring';

/** What a pinger's listener is told, as records of a ring. */

const KINDS = ['sent', 'settled', 'stamped', 'missed', 'counted', 'rejected'] as const;
const ODD_PONGS: readonly OddPong[] = ['late', 'duplicate', 'reordered', 'illStamped'];
/** Where in a record what stands. */
const KIND = 0;
const CHANNEL = 1;
/** A sequence number, or a count. */
const NUMBER = 2;
const REST = 3;
const ARGUMENTS_OF_MISSED = 3;

export const RECORD_WIDTH = REST + Math.max(LOG_COLUMNS, ARGUMENTS_OF_MISSED);

/** Writes what one channel's pinger tells. */
export class PingRecorder implements PingListener {
  readonly #ring: RingWriter;
  readonly #log: SampleLog;
  readonly #record = new Float64Array(RECORD_WIDTH);

  constructor(ring: RingWriter, log: SampleLog, channel: number) {
    this.#ring = ring;
    this.#log = log;
    this.#record[CHANNEL] = channel;
  }

  sent(sequence: number): void {
    this.#writeSample('sent', sequence);
  }

  settled(sequence: number): void {
    this.#writeSample('settled', sequence);
  }

  stamped(sequence: number): void {
    // The log of what is under way may have let it go.
    if (this.#log.get(sequence) !== null) this.#writeSample('stamped', sequence);
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

  #writeSample(kind: 'sent' | 'settled' | 'stamped', sequence: number): void {
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
