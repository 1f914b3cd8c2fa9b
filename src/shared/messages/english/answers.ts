import { formatCount, formatDuration, formatList } from '../../format';

/** What a benchmark's answer card says, and why it says nothing. */
export const ANSWERS = {
  'answer.within': ({ names }: { names: string }) => `Not told from it: ${names}.`,
  'answer.next': ({ isBehind, name, figure }: { isBehind: boolean; name: string; figure: string }) =>
    `${isBehind ? 'Behind' : 'Then'} ${name}, ${figure}.`,
  'answer.rounds-disagree': ({ names, isPlaced, rounds }: { names: string; isPlaced: boolean; rounds: number }) =>
    `No answer: the rounds of ${names} disagree. ${isPlaced ? 'Close what else runs' : 'Set Placement to Same core'}, and measure ${rounds} rounds.`,
  'answer.few-rounds': ({ rounds, atLeast }: { rounds: number; atLeast: number }) =>
    `No answer: ${rounds === 1 ? 'one round is' : `${rounds} rounds are`} too few to know the noise. Measure at least ${atLeast}.`,
  'answer.few-samples': ({ atLeast }: { atLeast: number }) =>
    `No answer: fewer than ${formatCount(atLeast)} samples say too little of the slowest hundredth. Measure more cycles.`,
  'answer.tail': ({ ns }: { ns: number | null }) => `p99 ${formatDuration(ns)} above the median`,
  'answer.cpu': ({ ns }: { ns: number | null }) => `${formatDuration(ns)} of CPU`,
  'answer.times-floor': ({ ratio }: { ratio: string }) => `${ratio} × the floor`,
  'answer.and-others': ({ shown, others }: { shown: readonly string[]; others: number }) =>
    `${formatList(shown)} and ${others} others`,
  'percentile.few-samples': ({ percent, samples, fewest }: { percent: number; samples: number; fewest: number }) =>
    `p${percent} takes ${formatCount(fewest)} samples and there are ${formatCount(samples)}: it would be one of the slowest few. Raise the rate, or measure longer.`,
};
