import { formatList } from '../../format';

type Side = 'before' | 'after';
interface OnSide {
  side: Side;
}
interface Both {
  before: number;
  after: number;
}

/** Two results of a benchmark side by side. */
export const COMPARISON = {
  'compare.environments': ({ facts }: { facts: readonly string[] }) =>
    `Measured in different environments: ${formatList(facts)}.`,
  'compare.no-median': () => 'There is no median to compare.',
  'compare.unavailable': ({ side, cause }: OnSide & { cause: string }) => `Unavailable ${side}: ${cause}`,
  'compare.unanswered': ({ side }: OnSide) => `No ping was answered ${side}.`,
  'compare.overloaded': ({ side }: OnSide) =>
    `Overloaded ${side}: the median is a lower bound. Measure both at a lower rate.`,
  'compare.coarse-clock': ({ side }: OnSide) => `The clock was too coarse ${side}.`,
  'compare.few-rounds': ({ side, rounds, least }: OnSide & { rounds: number; least: number }) =>
    `Only ${rounds === 1 ? 'one round' : `${rounds} rounds`} ${side}: too few to know the spread. Measure at least ${least}.`,
  'compare.within-spread': () => 'The rounds of one side lie as far apart, or the clock steps as far.',
  'compare.rounds-overlap': () => 'Rounds of the two sides overlap.',
  'compare.intervals-overlap': () => 'The 95 % intervals of the two medians overlap.',
  'compare.more': () => 'More than the rounds of either side lie apart; no round and no 95 % interval overlaps.',
  /** `share`: by how much, positive when it is slower. `alike`: whether what was measured moved in the same direction. */
  'compare.floor-moved': ({ share, alike }: { share: number; alike: boolean }) =>
    `The kernel floor is ${Math.round(Math.abs(share) * 100)} % ${share > 0 ? 'slower' : 'faster'}${alike ? ' as well: the machine may have changed, not what was measured.' : ': the machine may have changed.'}`,
  'compare.not-sent': ({ side }: OnSide) => `Overloaded ${side}: pings that were due could not be sent.`,
  'compare.rounds-disagree': ({ side }: OnSide) =>
    `The rounds disagree ${side}: place both ends on the same core, and measure more rounds, before and after.`,
  'compare.lost': ({ before, after }: Both) => `Lost ${before} before and ${after} after.`,
  'compare.skipped': ({ before, after }: Both) => `Not sent: ${before} before and ${after} after.`,
  'compare.warm-up': ({ before, after }: Both) => `Warm-up of ${before} cycles before and ${after} after.`,
  'compare.other-cpus': () => 'The two were placed on different CPUs.',
  'compare.thread': ({ before, after }: { before: 'main' | 'worker'; after: 'main' | 'worker' }) =>
    `In the ${before} thread before and in the ${after} thread after.`,
  'compare.io': ({ before, after }: { before: 'native' | 'node'; after: 'native' | 'node' }) =>
    `Read and written by ${WHO[before]} before and by ${WHO[after]} after.`,
  'compare.alone': ({ side }: OnSide) => `Not measured ${side}.`,
  'compare.other-route': ({ side, routes }: OnSide & { routes: readonly string[] }) =>
    `Another route ${side}: ${formatList(routes)}.`,
  'compare.other-payload': ({ side, sizes }: OnSide & { sizes: readonly string[] }) =>
    `Another payload ${side}: ${formatList(sizes)}.`,
  'compare.other-placement': ({ side, placements }: OnSide & { placements: readonly string[] }) =>
    `Another placement ${side}: ${formatList(placements)}.`,
  'compare.other-pace': ({ side, paces }: OnSide & { paces: readonly string[] }) =>
    `Another pace ${side}: ${formatList(paces)}.`,
  'compare.other-combination': ({ side }: OnSide) => `Not measured in this combination ${side}.`,
};

const WHO = { native: 'the native addon', node: 'Node.js alone' } as const;
