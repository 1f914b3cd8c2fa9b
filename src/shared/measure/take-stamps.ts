import { areSound, type PeerStamps } from '../stamp-trailer';
import type { StampColumn } from './sample-columns';

/** Where the stamps of pings are kept: a log, or the columns of a round. Times are on the clock of the pings. */
export interface StampStore {
  stamp(sequence: number, point: StampColumn, ns: number): void;
  /** NaN when there is none. */
  stampOf(sequence: number, point: StampColumn): number;
}

/** What was put down: nothing, stamps of the ping itself, or one of the ping before as well. */
type Taken = 'nothing' | 'own' | 'own-and-earlier';

/**
 * Puts down what a pong tells of its way, and when the peer's call returned that sent the pong before it. Nothing of what
 * can't be true, which only a peer that means ill says.
 */
export function takeStamps(
  stamps: PeerStamps,
  { sequence, sentNs, doneNs }: { sequence: number; sentNs: number; doneNs: number },
  store: StampStore,
): Taken {
  if (!areSound(stamps, sentNs, doneNs)) return 'nothing';
  store.stamp(sequence, 'peerReadNs', stamps.readNs);
  store.stamp(sequence, 'peerTookNs', stamps.tookNs);
  store.stamp(sequence, 'peerAnsweredNs', stamps.answeredNs);
  store.stamp(sequence, 'peerErrorNs', stamps.errorNs);
  const { earlierSequence, earlierWroteNs } = stamps;
  // Compared with NaN it is false: of a pong that didn't come nothing is put down.
  if (
    earlierSequence !== sequence &&
    earlierWroteNs >= store.stampOf(earlierSequence, 'peerAnsweredNs') &&
    earlierWroteNs <= doneNs + stamps.errorNs
  ) {
    store.stamp(earlierSequence, 'peerWroteNs', earlierWroteNs);
    return 'own-and-earlier';
  }
  return 'own';
}
