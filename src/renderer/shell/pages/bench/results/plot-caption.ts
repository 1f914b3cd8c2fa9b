import { isPending, isUnfinished } from '../../../../../shared/bench/partial';
import type { BenchRun } from '../../../../../shared/bench/schema';
import { figureNs } from '../../../../../shared/bench/certainty';
import { fewestSamples } from '../../../../../shared/measure/percentile-samples';
import { isCoarse } from './run-figures';

export type ResultPlot = 'size' | 'box' | 'percentile';

/** What is drawn of these runs: what was chosen, else the sizes where there are several. One size has no such plot. */
export function plotOf(chosen: ResultPlot | null, runs: readonly BenchRun[]): ResultPlot {
  const several = new Set(runs.filter((run) => run.rtt_ns !== null || isPending(run)).map(({ size }) => size)).size > 1;
  if (chosen === null || (chosen === 'size' && !several)) return several ? 'size' : 'box';
  return chosen;
}

const PANELS = 'A panel for each, all on the same axes; behind, faint, the lines of the others.';

/** How to read a plot, in sentences of at most some 150 characters each. */
export function plotCaption(plot: ResultPlot, runs: readonly BenchRun[], inPanels = false): string[] {
  const coarse = runs.some(isCoarse);
  const overload = runs.some(({ saturated }) => saturated) ? [OVERLOAD] : [];
  const floor = runs.some(({ floor_ns: floor }) => floor !== null);
  if (plot === 'size')
    return [
      'The median at each size, a line for each method and route, with its 95 % interval. Both axes are logarithmic.',
      ...(inPanels ? [PANELS] : []),
      ...overload,
    ];
  if (plot === 'box') {
    return [
      `Box: quartiles and median. Whiskers: 1st and 99th percentile. Points: minimum and maximum.${floor ? " Dashed: the kernel floor's median." : ''}`,
      "Outliers: samples beyond 3 interquartile ranges of the quartiles (Tukey's outer fences). They are in every figure.",
      ...(runs.some((run) => run.rtt_ns !== null && figureNs(run, 'p99') === null)
        ? [`With fewer than ${fewestSamples(99)} samples the whiskers go to minimum and maximum.`]
        : []),
      ...(coarse ? ['* Saved without its distribution: the lower whisker is the minimum.'] : []),
      ...overload,
    ];
  }
  return [
    `So many percent of the round trips take at most so long. The axis is HdrHistogram's: each nine takes as much room.${floor && !inPanels ? " Level dashed lines: the kernel floor's median." : ''}`,
    ...(inPanels ? [`${PANELS} The smaller the payload, the fainter.`] : []),
    ...(coarse ? ['* Saved without its distribution: straight lines between the figures of the table.'] : []),
    ...overload,
  ];
}

const OVERLOAD = '≥ Overload: pings that were due and not answered are drawn with the time that they waited at least.';

/** A run's name in a plot, with the marks that the caption explains. */
export function plotLabel({ label, run }: { label: string; run: BenchRun }, unfinished = false): string {
  return `${label}${isCoarse(run) ? ' *' : ''}${run.saturated ? ' ≥' : ''}${unfinished && isUnfinished(run) ? ' …' : ''}`;
}
