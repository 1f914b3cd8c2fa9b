import type { BenchRun } from '../../../../../shared/bench/schema';
import { formatBytes, formatCount } from '../../../../../shared/format';
import { TRANSPORT_IDS, TRANSPORTS, type TransportInfo } from '../../../../../shared/transport-catalog';
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
