import type { Unsubscribe } from '../shared/emitter';
import type { Channel } from './channel';

/** The clock of all processes, as this one reads it. */
export interface StampClock {
  nowNs(): number;
  /** Puts a reading of the system's monotonic clock on it. */
  sinceZeroNs(monotonicNs: number): number;
}

/**
 * Answers every ping on `channel` with a pong of the same sequence number. `respond` gets the ping's payload, valid
 * until it returns, and gives the pong's. A pong that a full queue refuses is dropped: the pinging side counts it lost.
 * With a clock, a ping that asks for stamps gets them.
 */
export function answerPings(
  channel: Channel,
  respond: (payload: Uint8Array) => Uint8Array,
  clock: StampClock | null = null,
): Unsubscribe {
  let earlierSequence = 0;
  let earlierWroteNs = Number.NaN;
  // A read is stamped when it is known before that its ping will ask: those that do come at one distance, mostly 1.
  let askedLast = Number.NaN;
  let asksNext = Number.NaN;
  return channel.answerPings((sequence, payload, asks, readAtNs) => {
    const asksForStamps = asks && clock !== null;
    if (asksForStamps) {
      asksNext = sequence + (sequence > askedLast ? sequence - askedLast : 1);
      askedLast = sequence;
    }
    channel.stampReads(sequence + 1 === asksNext);
    if (!asksForStamps) return respond(payload);
    const tookNs = clock.nowNs();
    const answer = respond(payload);
    const stamps = {
      readNs: readAtNs === undefined ? Number.NaN : clock.sinceZeroNs(readAtNs),
      tookNs,
      answeredNs: clock.nowNs(),
      earlierSequence,
      earlierWroteNs,
      errorNs: 0,
    };
    const outcome = channel.send('pong', sequence, answer, stamps);
    earlierWroteNs = outcome === 'sent' ? clock.nowNs() : Number.NaN;
    earlierSequence = sequence;
    return null;
  });
}
