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
  return channel.onFrame(({ type, sequence, payload, asksForStamps, readAtNs }) => {
    if (type !== 'ping') return;
    const asks = asksForStamps === true && clock !== null;
    // A read is stamped for the sake of the ping before: one that asks is seldom alone.
    channel.stampReads(asks);
    if (!asks) {
      channel.send('pong', sequence, respond(payload));
      return;
    }
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
  });
}
