import type { Change } from './window-figures';

/**
 * With so many comparisons without an incident (twenty windows in a row), one in twenty incidents that did nothing has
 * the largest change of all by chance. With fewer it would be more.
 */
export const FEWEST_COMPARISONS = 19;

/** The share of the changes without an incident that may lie beyond the limit, once there are many. */
const BEYOND = 0.025;

/** A channel that hardly varies is not held to less than this. */
const SMALLEST_SCALE_NS = 1000;

/** One channel's change over an incident, and its changes without one, by the number of the window. */
export interface ChannelChanges {
  change: Change;
  quiet: ReadonlyMap<number, Change>;
}

export interface OwnVariation {
  /** For each channel the rise above which its change is more than it does by itself. */
  limitsNs: number[];
  /** Pairs of windows without an incident that it was held against. */
  comparisons: number;
}

/**
 * A permutation test over all channels at once: of 32 channels, judged each by itself, one or another would be at its
 * worst at almost every incident. Each change is measured in its channel's usual change, and of each pair of windows
 * only the largest over the channels counts. Neighbouring windows could as well have come in the other order, so a fall
 * counts like a rise. The limit is the highest of these, or, when there are many, the one that `BEYOND` of them reach.
 */
export function ownVariation(channels: readonly ChannelChanges[], percentile: keyof Change): OwnVariation {
  const scales = channels.map(({ change, quiet }) =>
    Math.max(SMALLEST_SCALE_NS, median([change, ...quiet.values()].map((each) => Math.abs(each[percentile])))),
  );
  const rises = new Map<number, number>();
  const falls = new Map<number, number>();
  channels.forEach(({ quiet }, i) => {
    for (const [window, change] of quiet) {
      const inScale = change[percentile] / (scales[i] as number);
      rises.set(window, Math.max(rises.get(window) ?? 0, inScale));
      falls.set(window, Math.max(falls.get(window) ?? 0, -inScale));
    }
  });
  const largest = [...rises.values(), ...falls.values()].toSorted((a, b) => b - a);
  const rank = Math.max(1, Math.floor(BEYOND * (largest.length + 1)));
  const limit = largest[rank - 1] ?? Number.POSITIVE_INFINITY;
  return { limitsNs: scales.map((scale) => Math.ceil(limit * scale)), comparisons: rises.size };
}

/** Of at least one value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
