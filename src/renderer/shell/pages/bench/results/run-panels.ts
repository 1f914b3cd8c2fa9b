import { PROCESS_DASHES } from '../../../charts/line-spec';
import type { LineAxis } from '../../../charts/line-plot';
import { distributionAxis } from '../../../charts/percentile-axis';
import type { PlotCurve } from '../../../charts/plot-lines';
import type { Panel } from '../../../charts/small-multiples';
import type { Domain } from '../../../charts/y-domain';
import type { ResultPlot } from './plot-caption';
import type { ResultLine } from './result-lines';
import { routeTitle } from '../../../../../shared/bench/run-names';
import { type Facet, FACETS } from './run-filter';
import { latencyDomain, percentilePointsOf } from './run-figures';
import { medianDomain, sizeAxis, sizeLines } from './size-lines';

/** What there is a panel for each of; null: all lines in one plot. */
export type PanelFacet = Facet | null;

/** More lines in one plot are not told apart any more. */
const MOST_LINES = 8;

/** By what these lines can be divided in that plot: what only one of them has in common divides nothing. */
export function panelFacets(plot: ResultPlot, lines: readonly ResultLine[]): Facet[] {
  if (plot === 'box') return [];
  return FACETS.filter(({ id }) => !(plot === 'size' && id === 'size'))
    .filter(({ valueOf }) => new Set(lines.map(({ run }) => valueOf(run))).size > 1)
    .map(({ id }) => id);
}

/** What was chosen, where it can be had; else a panel for each method when there are too many lines for one plot. */
export function panelFacetOf(
  chosen: PanelFacet | undefined,
  plot: ResultPlot,
  lines: readonly ResultLine[],
): PanelFacet {
  const facets = panelFacets(plot, lines);
  if (chosen === null || (chosen !== undefined && facets.includes(chosen))) return chosen;
  const count = plot === 'size' ? sizeLines(lines).length : lines.length;
  return count > MOST_LINES ? (facets[0] ?? null) : null;
}

export interface RunPanels {
  panels: Panel[];
  x: LineAxis;
  domain: Domain;
  latencyLabel: string;
  dotPx: number;
}

/** A panel for each value of a facet, in the order in which the lines come, all on one pair of axes. */
export function runPanels(plot: 'size' | 'percentile', facet: Facet, lines: readonly ResultLine[]): RunPanels {
  const { valueOf, text } = FACETS.find(({ id }) => id === facet) ?? FACETS[0];
  const groups = new Map<string, ResultLine[]>();
  for (const line of lines) {
    const value = valueOf(line.run);
    groups.set(value, [...(groups.get(value) ?? []), line]);
  }
  const runs = lines.map(({ run }) => run);
  const faint = fadingOf(lines);
  const panels = [...groups].map(([value, members]): Panel => {
    const routes = facet === 'method' ? [...new Set(members.map(({ run }) => run.route))] : [];
    const looks = members.map((line) => ({ ...line, dash: dashOf(line, routes.indexOf(line.run.route)) }));
    return {
      id: value,
      title: text(value),
      curves: plot === 'size' ? sizeLines(looks) : looks.map((line) => percentileCurve(line, faint(line))),
      named:
        routes.length < 2
          ? []
          : routes.map((route, index) => ({
              id: route,
              label: routeTitle(route),
              colour: looks[0]?.colour ?? '',
              dash: dashOf(members[0], index),
            })),
    };
  });
  return plot === 'size'
    ? { panels, x: sizeAxis(runs), domain: medianDomain(runs), latencyLabel: 'Median', dotPx: 2 }
    : {
        panels,
        x: distributionAxis(lines.map(({ run }) => percentilePointsOf(run))),
        domain: latencyDomain(runs),
        latencyLabel: 'Round trip',
        dotPx: 0,
      };
}

/** The first route of a method has the method's own dash. */
function dashOf(line: ResultLine | undefined, route: number): string {
  if (route <= 0) return line?.dash ?? 'none';
  return (PROCESS_DASHES[route % PROCESS_DASHES.length] ?? PROCESS_DASHES[0])[0];
}

function percentileCurve(line: ResultLine, opacity: number): PlotCurve {
  const points = percentilePointsOf(line.run).map(({ place, ns }) => ({ x: place, ns }));
  return { ...line, points, opacity };
}

/** The smaller the payload the fainter: the hue is the method's. */
function fadingOf(lines: readonly ResultLine[]): (line: ResultLine) => number {
  const sizes = [...new Set(lines.map(({ run }) => run.size))].toSorted((one, other) => one - other);
  return ({ run }) => (sizes.length < 2 ? 1 : 0.4 + (0.6 * sizes.indexOf(run.size)) / (sizes.length - 1));
}
