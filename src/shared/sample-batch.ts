/** Settled samples of one channel: what came since the last batch (every 100 ms), or what was asked for. Arrays of one length. */
export interface SampleBatch {
  channelId: string;
  /** Sequence numbers; not always rising within a batch, because losses settle late. */
  seq: Uint32Array;
  /** Nanoseconds since the recording began: when the ping was meant to be sent. */
  intendedNs: Float64Array;
  /** … and when it was. NaN when it never was. */
  sentNs: Float64Array;
  /** Round trip in nanoseconds from the actual send; NaN when lost. */
  rttNs: Float64Array;
}
