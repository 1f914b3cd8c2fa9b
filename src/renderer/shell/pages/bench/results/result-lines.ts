import type { BenchRun } from '../../../../../shared/bench/schema';
import { labelOf } from '../../../../../shared/bench/run-names';
import { TRANSPORT_IDS } from '../../../../../shared/transport-catalog';
import { processHue, type ChartTheme } from '../../../charts/chart-theme';
import { TRANSPORT_DASH, type LineLook } from '../../../charts/line-spec';

/** How a run looks in the plots and beside its row. */
export interface ResultLine extends LineLook {
  run: BenchRun;
}

/**
 * Hue and dash by method, the same in every result: no two methods have both in common. The runs of one method alone are
 * told apart by their hues.
 */
export function resultLines(runs: readonly BenchRun[], theme: ChartTheme): ResultLine[] {
  const settings = [...new Set(runs.map(settingOf))];
  const methods = [...new Set(runs.map(({ method }) => method))];
  return runs.map((run, index) => ({
    run,
    // Stays the same while a result grows, and when it is sorted.
    id: `${index} ${run.method} ${settingOf(run)}`,
    label: labelOf(run, runs),
    colour: processHue(theme, methods.length === 1 ? settings.indexOf(settingOf(run)) : hueOf(run.method, methods)),
    dash: dashOf(run.method),
  }));
}

/** A method of another version comes after those that are known. */
function hueOf(method: string, methods: readonly string[]): number {
  const known = (TRANSPORT_IDS as readonly string[]).indexOf(method);
  return known >= 0 ? known : TRANSPORT_IDS.length + methods.indexOf(method);
}

function dashOf(method: string): string {
  return (TRANSPORT_DASH as Record<string, string | undefined>)[method] ?? 'none';
}

function settingOf({ size, route }: BenchRun): string {
  return `${size} ${route}`;
}
