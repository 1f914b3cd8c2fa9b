import { words } from '../messages/message';
import type { TraceSample } from './trace';

/** A stretch of time in which a ping was at one of its two processes. */
export interface Slice {
  name: string;
  fromNs: number;
  toNs: number;
  /** A frame that leaves, or arrives, as it begins. */
  hop?: { frame: 'ping' | 'pong'; end: 'leaves' | 'arrives' };
}

/** The slices of a ping at each of its ends, in order and without a gap; `far` is empty where nothing is known of it. */
export interface PingSlices {
  near: Slice[];
  far: Slice[];
}

/** Of an answered ping. */
export function pingSlices(sample: TraceSample): PingSlices {
  const { intendedNs, sentNs, rttNs } = sample;
  const due = { name: words('trace.due'), fromNs: intendedNs, toNs: sentNs };
  return {
    near: [due, { name: words('trace.round-trip'), fromNs: sentNs, toNs: sentNs + rttNs }],
    far: [],
  };
}
