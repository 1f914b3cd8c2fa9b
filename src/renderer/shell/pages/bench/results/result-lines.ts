import type { BenchRun } from '../../../../../shared/bench/schema';
import { formatBytes, formatCount } from '../../../../../shared/format';
import { TRANSPORTS, type TransportInfo } from '../../../../../shared/transport-catalog';
import { processHue, type ChartTheme } from '../../../charts/chart-theme';
import { TRANSPORT_DASH, type LineLook } from '../../../charts/line-spec';

/** How a run looks in the plots and beside its row. */
export interface ResultLine extends LineLook {
  run: BenchRun;
}

/**
 * Dash by method, as on the live charts. Where most methods were measured at several sizes or routes, hue says at which
 * of them; otherwise every run has the next hue.
 */
export function resultLines(runs: readonly BenchRun[], theme: ChartTheme): ResultLine[] {
  const settings = [...new Set(runs.map(settingOf))];
  const methods = [...new Set(runs.map(({ method }) => method))];
  const swept = methods.filter((method) => valuesOf(settingOf, method, runs) > 1).length > methods.length / 2;
  return runs.map((run, index) => ({
    run,
    // Stays the same while a result grows, and when it is sorted.
    id: `${index} ${run.method} ${settingOf(run)}`,
    label: labelOf(run, runs),
    colour: processHue(theme, swept ? settings.indexOf(settingOf(run)) : index),
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

/** The method, and of the rest only what tells its runs apart. */
export function labelOf(run: BenchRun, runs: readonly BenchRun[]): string {
  const parts = [sizeOf, ({ route }: BenchRun) => routeTitle(route), ({ placement }: BenchRun) => placement, paceOf];
  const needed = parts.filter((part) => valuesOf(part, run.method, runs) > 1);
  return [methodTitle(run.method), ...needed.map((part) => part(run))].join(' · ');
}

function sizeOf({ size }: BenchRun): string {
  return formatBytes(size);
}

/** At how many of these a method was measured. */
function valuesOf(part: (run: BenchRun) => string, method: string, runs: readonly BenchRun[]): number {
  return new Set(runs.filter((run) => run.method === method).map(part)).size;
}
