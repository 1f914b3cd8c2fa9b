import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SampleBatch } from '../shared/sample-batch';
import type { SamplesOutcome } from '../shared/ipc-contract';
import { say } from '../shared/messages/message';
import { newColumns, putSample, type Sample } from '../shared/measure/sample-columns';
import type { SampleLog } from '../shared/measure/sample-log';

/** The parts of a measured channel that its samples are read from. */
export interface SampledChannel {
  readonly id: string;
  readonly probe: { readonly log: SampleLog };
}

/** A ping overdue by more than this is not sent at all, so no sample was sent later than so long after it was due. */
const LATEST_SEND_NS = 10e9;
/** Samples looked at before the event loop gets a turn. */
const TURN_SAMPLES = 5000;
/** So many take the window about 20 MB and a tenth of a second. */
const MOST_SAMPLES = 500_000;

/** What was withdrawn on purpose is left out: it is no loss. */
export function batchOf({ id, probe }: SampledChannel, sequences: readonly number[]): SampleBatch {
  return toBatch(
    id,
    sequences.flatMap((sequence) => {
      const sample = probe.log.get(sequence);
      return sample === null || sample.outcome === 'skipped' ? [] : [sample];
    }),
  );
}

/** The settled samples of all channels that were sent from `fromNs` to `toNs`; those never sent, that were due then. */
export async function readSamples(
  channels: readonly SampledChannel[],
  fromNs: number,
  toNs: number,
): Promise<SamplesOutcome> {
  const batches: SampleBatch[] = [];
  let [looked, taken] = [0, 0];
  for (const channel of channels) {
    const { log } = channel.probe;
    const samples: Sample[] = [];
    for (const sample of log.range(log.firstAtOrAfter(fromNs - LATEST_SEND_NS))) {
      looked += 1;
      if (looked % TURN_SAMPLES === 0) await nextTurn();
      if (sample.intendedNs > toNs) break;
      if (sample.outcome === 'pending' || sample.outcome === 'skipped') continue;
      const at = Number.isNaN(sample.sentNs) ? sample.intendedNs : sample.sentNs;
      if (at >= fromNs && at <= toNs) samples.push(sample);
    }
    taken += samples.length;
    if (taken > MOST_SAMPLES)
      return {
        ok: false,
        message: say('samples.too-many', { most: MOST_SAMPLES }),
      };
    if (samples.length > 0) batches.push(toBatch(channel.id, samples));
  }
  return { ok: true, batches };
}

function toBatch(channelId: string, samples: readonly Sample[]): SampleBatch {
  const columns = newColumns('feed', samples.length);
  for (const [at, sample] of samples.entries()) putSample('feed', columns, at, sample, 0);
  return { channelId, ...columns };
}
