import type { Columns } from './measure/sample-columns';

/**
 * Settled samples of one channel: those since the last batch (every 100 ms), or those that were asked for, as columns of
 * one length. Not always in order, because losses settle late.
 */
export type SampleBatch = { channelId: string } & Columns<'feed'>;
