import type { AnatomyOutcome, AnatomyStretch, PingChoice, PingView } from '../shared/anatomy-view';
import { anatomiesOf, anatomyOfPing } from '../shared/measure/anatomy';
import { ROLLING_WINDOW_NS } from '../shared/measure/percentiles';
import { fromIntendedNs, type Sample } from '../shared/measure/sample-columns';
import type { SampleLog } from '../shared/measure/sample-log';
import { say } from '../shared/messages/message';
import type { SampledChannel } from './sample-batch';

/** The newest of a stretch: looked at in one turn, about 5 ms, while pings wait. */
const MOST_SAMPLES = 4000;
/** So far the nearest answered ping is looked for. */
const MOST_STEPS = 10_000;

/** Where the time of a channel's pings went, in a stretch of the recording that ends with now or before. */
export function readAnatomy(
  channels: readonly SampledChannel[],
  nowNs: number,
  channelId: string,
  stretch: AnatomyStretch,
  choice: PingChoice | null,
): AnatomyOutcome {
  const channel = channels.find(({ id }) => id === channelId);
  if (channel === undefined) return { ok: false, message: say('channel.unknown', { id: channelId }) };
  const { log } = channel.probe;
  const fromNs = stretch?.fromNs ?? Math.max(0, nowNs - ROLLING_WINDOW_NS);
  const toNs = stretch?.toNs ?? nowNs;
  const end = log.firstAtOrAfter(toNs);
  const begin = Math.max(log.firstAtOrAfter(fromNs), end - MOST_SAMPLES);
  const answered = [...log.range(begin, end)].filter(isAnswered);
  const staged = answered.filter(({ wroteNs = Number.NaN }) => !Number.isNaN(wroteNs));
  return {
    ok: true,
    view: {
      fromNs: answered[0]?.intendedNs ?? fromNs,
      toNs,
      answered: answered.length,
      staged: staged.length,
      anatomies: anatomiesOf(staged),
      ping: choice === null ? null : viewOf(choose(log, staged.length > 0 ? staged : answered, choice)),
    },
  };
}

function choose(log: SampleLog, answered: readonly Sample[], choice: PingChoice): Sample | null {
  switch (choice.kind) {
    case 'this': {
      const sample = log.get(choice.sequence);
      return sample !== null && isAnswered(sample) ? sample : null;
    }
    case 'before':
      return neighbour(log, choice.sequence, -1);
    case 'after':
      return neighbour(log, choice.sequence, 1);
    case 'slowest':
      return least(answered, (sample) => -fromIntendedNs(sample));
    case 'near': {
      const { atNs, withinNs, rttNs, timing } = choice;
      // Sent later than intended, at most by so long as a chart tells apart.
      const first = log.firstAtOrAfter(atNs - withinNs);
      const last = Math.min(log.firstAtOrAfter(atNs + withinNs), first + MOST_SAMPLES);
      const timeOf = (sample: Sample) => (timing === 'sent' ? sample.rttNs : fromIntendedNs(sample));
      return least([...log.range(first, last)].filter(isAnswered), (sample) => Math.abs(timeOf(sample) - rttNs));
    }
  }
}

/** At the ends it stays where it is. */
function neighbour(log: SampleLog, sequence: number, step: 1 | -1): Sample | null {
  for (let steps = 1; steps <= MOST_STEPS; steps += 1) {
    const sample = log.get(sequence + step * steps);
    if (sample === null) break;
    if (isAnswered(sample)) return sample;
  }
  return log.get(sequence);
}

function viewOf(sample: Sample | null): PingView | null {
  if (sample === null || !isAnswered(sample)) return null;
  const { sequence, intendedNs } = sample;
  return { sequence, intendedNs, rttNs: fromIntendedNs(sample), anatomy: anatomyOfPing(sample) };
}

function isAnswered({ outcome }: Sample): boolean {
  return outcome === 'answered';
}

function least(samples: readonly Sample[], of: (sample: Sample) => number): Sample | null {
  let [found, value]: [Sample | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const sample of samples) {
    const its = of(sample);
    if (its < value) [found, value] = [sample, its];
  }
  return found;
}
