import type { BenchRun } from '../../../../shared/bench/schema';
import { formatBytes, formatCount } from '../../../../shared/format';
import { TRANSPORTS, type TransportInfo } from '../../../../shared/transport-catalog';
import { processHue, type ChartTheme } from '../../charts/chart-theme';
import { TRANSPORT_DASH, type LineSpec } from '../../charts/line-spec';

/** How a run looks in the plots and beside its row. */
export interface ResultLine extends LineSpec {
  run: BenchRun;
}

/**
 * Dash by method, as on the live charts. Hue by what a method was measured at (size, route), because that is what the
 * dashes leave open; by method where there is but one such thing.
 */
export function resultLines(runs: readonly BenchRun[], theme: ChartTheme): ResultLine[] {
  const labels = labelsOf(runs);
  const settings = placesOf(runs.map(settingOf));
  const methods = placesOf(runs.map(({ method }) => method));
  return runs.map((run, index) => ({
    run,
    // Stays the same while a result grows, and when it is sorted.
    id: `${index} ${run.method} ${settingOf(run)}`,
    label: labels[index] as string,
    colour: processHue(theme, (settings.size > 1 ? settings.get(settingOf(run)) : methods.get(run.method)) ?? 0),
    dash: dashOf(run.method),
  }));
}

export function methodTitle(method: string): string {
  return (TRANSPORTS as Record<string, TransportInfo | undefined>)[method]?.title ?? method;
}

/** `plugin-browser` as people read it, the pinging one first. */
export function routeTitle(route: string): string {
  return route.replaceAll('-', ' → ');
}

export function paceOf({ mode, detail }: BenchRun): string {
  if (mode === 'closed') return 'closed loop';
  const rate = detail?.rate_per_second ?? null;
  return rate === null ? 'open loop' : `open loop, ${formatCount(rate)} per second`;
}

function dashOf(method: string): string {
  return (TRANSPORT_DASH as Record<string, string | undefined>)[method] ?? 'none';
}

function settingOf({ size, route }: BenchRun): string {
  return `${size} ${route}`;
}

/** The method, and of the rest only what tells the runs apart. */
function labelsOf(runs: readonly BenchRun[]): string[] {
  const parts = [
    ({ size }: BenchRun) => formatBytes(size),
    ({ route }: BenchRun) => routeTitle(route),
    ({ placement }: BenchRun) => placement,
    paceOf,
  ].filter((part) => new Set(runs.map(part)).size > 1);
  return runs.map((run) => [methodTitle(run.method), ...parts.map((part) => part(run))].join(' · '));
}

function placesOf(names: readonly string[]): Map<string, number> {
  return new Map([...new Set(names)].map((name, index) => [name, index]));
}
